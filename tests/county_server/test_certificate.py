"""The county's server certificate renewed: laptops that were enrolled before go on."""

from __future__ import annotations

import ssl
from datetime import timedelta

import httpcore
import pytest
from cryptography import x509
from sqlalchemy import select

from app.crypto.envelope import key_id
from app.domain.problem import Refused
from county_server.__main__ import main
from county_server.county import load_county, renew_address
from county_server.tables import audit
from county_server.tls import CA_CERT, SERVER_CERT, SERVER_KEY
from tests.servers import Served

TEN_YEARS = timedelta(days=3650)


def shown(office) -> x509.Certificate:
    return x509.load_pem_x509_certificate((office.county.folder / SERVER_CERT).read_bytes())


def hosts_of(certificate: x509.Certificate) -> list[str]:
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    return [str(one.value) for one in names.value]


def reached(url: str, ca_pem: str) -> int:
    context = ssl.create_default_context(cadata=ca_pem)
    with httpcore.ConnectionPool(ssl_context=context) as http:
        return http.request("GET", f"{url}/v1/status").status


def test_who_trusted_the_county_before_trusts_its_new_certificate(office, clock):
    trusted, before = office.county.ca_pem, shown(office)

    renew_address(office.county.folder, [], clock.now())

    served = Served(office)
    try:
        assert reached(served.url, trusted) == 200
    finally:
        served.close()
    assert shown(office).serial_number != before.serial_number
    assert shown(office).public_key() != before.public_key()
    assert hosts_of(shown(office)) == hosts_of(before)
    assert office.county.ca_pem == trusted


def test_another_address_is_named_and_kept_and_the_county_stays_who_it_is(office, clock):
    folder, before = office.county.folder, office.county

    renew_address(folder, ["xieli.example", "10.20.0.5"], clock.now())
    renew_address(folder, [], clock.now())

    after = load_county(folder)
    assert after.hosts == ("xieli.example", "10.20.0.5", "127.0.0.1", "localhost")
    assert hosts_of(shown(office)) == list(after.hosts)
    assert (after.id, after.kid, key_id(after.root.public)) == (
        before.id, before.kid, key_id(before.root.public),
    )  # fmt: skip


def test_it_holds_no_longer_than_the_authority_that_signs_it(office, clock):
    folder = office.county.folder
    authority = x509.load_pem_x509_certificate((folder / CA_CERT).read_bytes())

    at_once = renew_address(folder, [], clock.now())
    last_of_all = renew_address(folder, [], clock.now() + 2 * TEN_YEARS - timedelta(days=400))

    assert at_once == clock.now().replace(microsecond=0) + TEN_YEARS
    assert last_of_all == authority.not_valid_after_utc == shown(office).not_valid_after_utc


@pytest.mark.parametrize(
    ("hosts", "missing", "code"),
    [(["不是域名"], "", "K-06"), ([], "tls-ca.key", "K-04"), ([], "county.json", "K-04")],
)
def test_what_cannot_be_renewed_leaves_the_one_there_is(office, clock, hosts, missing, code):
    folder = office.county.folder
    if missing:
        (folder / missing).unlink()
    before = (folder / SERVER_CERT).read_bytes(), (folder / SERVER_KEY).read_bytes()

    with pytest.raises(Refused) as caught:
        renew_address(folder, hosts, clock.now())

    assert caught.value.code == code
    assert ((folder / SERVER_CERT).read_bytes(), (folder / SERVER_KEY).read_bytes()) == before


def test_the_verb_says_until_when_and_what_to_do_and_is_audited(office, capsys):
    folder = str(office.county.folder)

    status = main(["certify", "--data", folder, "--host", "xieli.example"])
    said = capsys.readouterr().out
    assert status == 0
    assert "重新启动" in said
    assert "不用重新绑定" in said
    assert load_county(office.county.folder).hosts[0] == "xieli.example"
    with office.database.read() as connection:
        deeds = list(connection.execute(select(audit.c.what).order_by(audit.c.n)).scalars())
    assert deeds[-1] == "certify"
