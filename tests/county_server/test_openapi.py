"""The county answers as its OpenAPI document says, whatever is sent (torture/ asks for longer)."""

from __future__ import annotations

import pytest
from schemathesis.core.failures import Failure, FailureGroup

from county_server import web
from county_server.declined import HTTP_STATUS
from tests.openapi_cases import Conversation


@pytest.fixture
def conversation(office):
    return Conversation(office, office.device())


def test_nothing_undocumented_and_no_failure(conversation):
    asked = conversation.run(examples=12)

    assert asked == 12 * 7
    assert {200, 400, 401, 429} <= set(conversation.statuses)
    assert max(conversation.statuses) < 500


def test_an_undocumented_answer_is_found(office, monkeypatch):
    """The proof can fail: a status left out of the document is noticed."""
    monkeypatch.delitem(web.ANSWERS, 400)
    conversation = Conversation(office, office.device())

    with pytest.raises((Failure, FailureGroup), match="Undocumented status code"):
        conversation.run(examples=6)


def test_every_refusal_has_its_status_in_the_document(conversation):
    document = conversation.schema.raw_schema["paths"]

    for path in ("batches", "enrol", "blobs"):
        operation = document[f"/v1/{path}"]["post"]
        told = set(operation["responses"])
        assert told == {"200", "503", *(str(each) for each in HTTP_STATUS.values())}
        assert operation["requestBody"]["required"]
        assert "Retry-After" in operation["responses"]["429"]["headers"]
