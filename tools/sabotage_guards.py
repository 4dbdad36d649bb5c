"""Guards of the sync, each with what takes it away and the test that must then fail."""

from __future__ import annotations

from typing import Final, NamedTuple


class Guard(NamedTuple):
    """`text` in `file` becomes `without`; then `test` (a node of pytest) has to fail."""

    rule: str
    what: str
    file: str
    text: str
    without: str
    test: str


_INTAKE: Final = "county_server/intake.py"
_COPYING: Final = "county_server/copying.py"
_BODIES: Final = "county_server/bodies.py"
_COUNTY: Final = "tests/county_server/"
_BOTH: Final = "tests/sync/"

GUARDS: Final = (
    Guard(
        "R30", "a device whose certificate has ended is not heard", "county_server/registry.py",
        'if row["not_after"] < clock.today().isoformat():', "if False:",
        _COUNTY + "test_enrolment.py",
    ),
    Guard(
        "R31", "what was sealed opens behind the same header only", "app/crypto/envelope.py",
        'return kind.label + b"\\0" + hashlib.sha256(front).digest()', "return kind.label",
        "tests/crypto/test_envelope.py",
    ),
    Guard(
        "R32", "a container is its signer's, to the bit", "app/crypto/envelope.py",
        "    _verify(signer, context + container.signed, container.signature)", "    del context",
        "tests/crypto/test_envelope.py",
    ),
    Guard(
        "R32, I3", "the chain of a batch leads from end to end", "app/sync/protocol/batch.py",
        "if previous.hex() != header.head:", "if False:", _BOTH + "test_protocol.py",
    ),
    Guard(
        "R33", "the same bytes are answered with the first receipt", _INTAKE,
        "                if known is not None:", "                if False:",
        _COUNTY + "test_intake.py",
    ),
    Guard(
        "R33, I2", "an operation that came in another epoch is counted once", _INTAKE,
        "repeated = already_judged(connection, header.device, payload.operations)",
        "repeated = {}", _BOTH + "test_engine.py",
    ),
    Guard(
        "R34", "a batch behind a gap is asked for, not taken", _INTAKE,
        'if header.seq != row["last_seq"] + 1:', "if False:", _COUNTY + "test_intake.py",
    ),
    Guard(
        "R34", "a batch follows the one before it", _INTAKE,
        'if place != (row["last_batch"], row["head_n"] + 1, row["head"]):', "if False:",
        _COUNTY + "test_intake.py",
    ),
    Guard(
        "R35", "other bytes in the same place are a fork", _INTAKE,
        "if before.sha256 != sha256:", "if False:", _COUNTY + "test_intake.py",
    ),
    Guard(
        "R35", "a new epoch joins where the county stands", _INTAKE,
        "if not self._has_operation(connection, header.device, before, header.prev_head):",
        "if False:", _COUNTY + "test_intake.py",
    ),
    Guard(
        "R35", "a laptop the county has set aside is not heard", _INTAKE,
        'if row["state"] == QUARANTINED:', "if False:", _COUNTY + "test_intake.py",
    ),
    Guard(
        "R35", "a rolled-back laptop notices it by itself", "app/sync/downlink.py",
        "if hash_at(work.connection, known.n) == bytes.fromhex(known.head):", "if True:",
        _BOTH + "test_fork.py",
    ),
    Guard(
        "R35", "money stands still under an alarm", "app/store/link_notes.py",
        "    if raised is not None:\n        raise Refused(",
        "    if raised is not None and False:\n        raise Refused(", _BOTH + "test_fork.py",
    ),
    Guard(
        "R35", "a fork carried by stick is told on the stick", "app/sync/usb.py",
        "        self.uplink.note_refusal(said)\n", "", _BOTH + "test_fork_by_stick.py",
    ),
    Guard(
        "R35", "an old refusal on a stick stops nobody", "app/sync/sealing.py",
        "    if refusal.about not in about:", "    if False:", _BOTH + "test_fork_by_stick.py",
    ),
    Guard(
        "R35", "old bytes with nothing new in them are no fork", _INTAKE,
        "if self._has_operation(connection, header.device, header.last_op, header.head):",
        "if False:", _BOTH + "test_put_back.py",
    ),
    Guard(
        "T31, I2", "a laptop notices a county put back that lost its words", "app/store/outbox.py",
        "    if not _acknowledged(connection, and_(beyond, place.in_(signed))):", "    if True:",
        _BOTH + "test_put_back.py",
    ),
    Guard(
        "T31", "a county put back says that its feed is shorter", "county_server/pages.py",
        "self.next[scope] = self._last(scope)", "self.next[scope] = max(begin, self._last(scope))",
        _COUNTY + "test_pages.py",
    ),
    Guard(
        "T31, I2", "photos a county put back has lost are offered again", "app/store/uploads.py",
        "    if missing <= 0:", "    if True:", _BOTH + "test_put_back.py",
    ),
    Guard(
        "R37", "the county's fingerprint is compared", "app/services/enrolment.py",
        "if _digits(fingerprint) != _digits(fingerprint_of(ticket)):", "if False:",
        _BOTH + "test_joining.py",
    ),
    Guard(
        "R38", "a request is good once", "county_server/pages.py",
        "                connection.execute(insert(nonce), row)\n", "                del row\n",
        _COUNTY + "test_pages.py",
    ),
    Guard(
        "R38", "a request whose nonce may be forgotten is not heard", "county_server/pages.py",
        "        if request.told is not None and request.told < oldest:\n", "        if False:\n",
        _COUNTY + "test_pages.py",
    ),
    Guard(
        "R38", "nonces do not grow for ever", "county_server/pages.py",
        "nonce.c.device_id == request.device, nonce.c.told < oldest",
        'nonce.c.device_id == ""', _COUNTY + "test_pages.py",
    ),
    Guard(
        "R39", "an answer is the county's only under its signature", "app/sync/sealing.py",
        "        verify_container(container, county.root)\n", "", _BOTH + "test_engine.py",
    ),
    Guard(
        "R39", "a receipt acknowledges the bytes it names and no others", "app/sync/uplink.py",
        "if (facts.epoch, facts.seq, facts.batch_sha256) != (batch.epoch, batch.seq, known):",
        "if False:", _BOTH + "test_engine.py",
    ),
    Guard(
        "R40", "a page another one is missing before waits", "app/sync/downlink.py",
        "        if not follows(cursor, page):\n            return None\n", "",
        _BOTH + "test_missing_page.py",
    ),
    Guard(
        "R41", "a page that speaks of a stranger is refused whole", "app/sync/downlink.py",
        'if any(entry.kind == "upsert" and not _is_known(entry) for entry in page.entries):',
        "if False:", _BOTH + "test_villages.py",
    ),
    Guard(
        "R60", "a stream inflates to its cap", "app/crypto/envelope.py",
        "    if len(plaintext) > cap:", "    if False:", "tests/crypto/test_envelope.py",
    ),
    Guard(
        "R61", "who asks too often waits", "county_server/limits.py",
        "            if left < 1:", "            if False:", _COUNTY + "test_web.py",
    ),
    Guard(
        "I4", "what a sync moved is proved against document and replay", "app/store/projection.py",
        "            if said != rows.get(entity_id) or (entity, entity_id) in unreadable:",
        "            if False:", _BOTH + "test_unreadable.py",
    ),
    Guard(
        "I4", "one unreadable household stops no comparison", "app/store/villages.py",
        "func.json_valid(_HOME.c.body) == 1,", "True,", _BOTH + "test_unreadable.py",
    ),
    Guard(
        "I5", "a purse is never below nothing", "county_server/purse.py",
        'raise Returned("备用金不够这一笔。", "amount_fen")', "pass", _COUNTY + "test_purse.py",
    ),
    Guard(
        "I6", "what is the county's to say a device cannot say", "county_server/authority.py",
        "    if reserved & changed:", "    if False:", _COUNTY + "test_authority.py",
    ),
    Guard(
        "scope", "a device writes about its own villages", "county_server/judgement.py",
        '        raise Returned("这一户不在这台电脑负责的村里。")', "        return village, False",
        _COUNTY + "test_authority.py",
    ),
    Guard(
        "scope", "a device hears of its own villages", "county_server/pages.py",
        "villages = sorted(author_of(connection, device_id).villages)",
        'villages = ["459901001001", "459901001002"]', _COUNTY + "test_pages.py",
    ),
    Guard(
        "hand-over", "a household on its way out is not written", "app/store/feed.py",
        '    if _IS_LEAVING.first(connection, {"subject": subject}) is not None:', "    if False:",
        _BOTH + "test_handover.py",
    ),
    Guard(
        "hand-over", "a village that comes back comes down again", "county_server/assignments.py",
        "        .values(known_to=None)\n", "        .values(known_to=device_id)\n",
        _BOTH + "test_given_back.py",
    ),
    Guard(
        "hand-over", "a household that came back is sealed under a new key", "app/store/journal.py",
        "            key = self._key_again(subject)\n",
        '            raise Refused("移交了。", do="", code="H-01")\n', _BOTH + "test_given_back.py",
    ),
    Guard(
        "hand-over", "a stick carried long brings no village back", "app/sync/downlink.py",
        "        if scope.startswith(_LEFT) and at < position\n",
        "        if scope.startswith(_LEFT) and at < 0\n", _BOTH + "test_given_back.py",
    ),
    Guard(
        "hand-over", "nor one household by what came along", "app/sync/protocol/feed.py",
        "    return entry.position > cursor.get(entry.scope, 0)\n", "    return True\n",
        _BOTH + "test_feed_protocol.py",
    ),
    Guard(
        "I2", "other news at a place already read is noticed", "county_server/pages.py",
        "    return here != said\n", "    return False\n", _BOTH + "test_put_back.py",
    ),
    Guard(
        "I2", "the last copy of what the county lost is said again", "app/store/villages.py",
        "        if is_put_back and row.body is not None and row.subject not in held:\n",
        "        if False:\n", _BOTH + "test_last_copy.py",
    ),
    Guard(
        "I2", "what a county put back had taken it takes in any state", "county_server/visiting.py",
        "        if is_again:\n", "        if False:\n", _BOTH + "test_said_again.py",
    ),
    Guard(
        "I2", "the author's own steps are no way back", "county_server/judgement.py",
        "            changes = not_told(known, changes, self._later(operation))\n",
        "            pass\n", _BOTH + "test_said_again.py",
    ),
    Guard(
        "I2", "a change of a lost record is said again with the record", "app/store/villages.py",
        "body | (ours or {})", "body", _BOTH + "test_said_again.py",
    ),
    Guard(
        "I2", "a few fields are no row of a lost record", "app/store/villages.py",
        "ours is not None and _NEEDED[entity] <= ours.keys()", "ours is not None",
        _BOTH + "test_said_again.py",
    ),
    Guard(
        "R35", "an old page does not say that somebody has looked", "app/sync/usb.py",
        "raised.said_at is None or imported.heard_at > raised.said_at", "imported.heard_at",
        _BOTH + "test_fork_by_stick.py",
    ),
    Guard(
        "R39", "a no to other bytes puts nothing back", "app/sync/usb.py",
        'about = {batch.sha256 or ""}\n',
        "about = {sealing.parse_document(_read(path)).body['about']}\n", _BOTH + "test_usb.py",
    ),
    Guard(
        "R39", "what the county took nothing of waits again", "app/sync/usb.py",
        "            self.uplink.mark_not_taken(batch)\n", "", _BOTH + "test_usb.py",
    ),
    Guard(
        "R39", "a stick taken before is no success of today", "app/sync/downlink.py",
        "is_carried and moved.items() <= known.items() and _is_old(work, page)", "False",
        _BOTH + "test_usb.py",
    ),
    Guard(
        "R36", "only the county's own authority is believed", "app/sync/transport.py",
        "    context.minimum_version = ssl.TLSVersion.TLSv1_2\n",
        "    context.check_hostname = False\n    context.verify_mode = ssl.CERT_NONE\n",
        _BOTH + "test_bad_servers.py",
    ),
    Guard(
        "R36", "the name of the county is compared", "app/sync/transport.py",
        "ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\n",
        "ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\n    context.check_hostname = False\n",
        _BOTH + "test_bad_servers.py",
    ),
    Guard(
        "R36", "no TLS older than 1.2", "app/sync/transport.py",
        "    context.minimum_version = ssl.TLSVersion.TLSv1_2\n",
        "    context.minimum_version = ssl.TLSVersion.TLSv1\n"
        "    context.set_ciphers('ALL:@SECLEVEL=0')\n", _BOTH + "test_bad_servers.py",
    ),
    Guard(
        "R40", "sums that lay on a stick are not compared", "app/sync/downlink.py",
        "        elif not is_carried:", "        else:", _BOTH + "test_old_pages.py",
    ),
    Guard(
        "I2", "what is only said again goes together", "app/sync/uplink.py",
        "max(most, min(together, MAX_OPERATIONS))", "most", _BOTH + "test_said_again.py",
    ),
    Guard(
        "I2", "an older county is asked without a word it does not know", "app/sync/engine.py",
        "refusal.code == NOT_IN_FORM and self._says_told", "False",
        _BOTH + "test_older_county.py",
    ),
    Guard(
        "I2", "a page asked for too early is asked for anew", "app/sync/engine.py",
        "asked is None or asked.question != question", "asked is None",
        _BOTH + "test_pages_ahead.py",
    ),
    Guard(
        "I2", "a page with one record sent back is taken all the same", "app/sync/downlink.py",
        "            except feed.RefersToNothing:\n                return self._apply_whole"
        "(page, renewed, is_carried=is_carried, is_careful=True)\n",
        "            finally:\n                pass\n", _BOTH + "test_held.py",
    ),
    Guard(
        "I4", "what waits counts in the sum of its village", "app/store/villages.py",
        "    return [(plain(row.entity), row.entity_id", "    return [(row.entity, row.entity_id",
        _BOTH + "test_held.py",
    ),
    Guard(
        "I2", "what waited goes in with what it waited for", "app/store/feed.py",
        "    if is_careful or held.is_any(connection):\n", "    if is_careful:\n",
        _BOTH + "test_held.py",
    ),
    Guard(
        "I1", "a refused commit leaves nothing open", "app/store/unit_of_work.py",
        "        end_refused(connection)\n", "", "tests/store/test_unit_of_work.py",
    ),
    Guard(
        "county", "a text with a tab in it is one text", _COPYING,
        "if len(_ESCAPED.findall(together)) == len(values) - 1:", "if True:",
        _COUNTY + "test_database.py",
    ),
    Guard(
        "county", "nothing is asked in the middle of a COPY", _COPYING,
        '    event.listen(engine, "before_cursor_execute", _before_statement)\n', "",
        _COUNTY + "test_database.py",
    ),
    Guard(
        "county", "a commit waits for what was copied", _COPYING,
        '    event.listen(engine, "commit", settle)\n', "", _COUNTY + "test_database.py",
    ),
    Guard(
        "county", "a COPY is given up with its transaction", _COPYING,
        '    event.listen(engine, "rollback", _abandon)\n', "", _COUNTY + "test_database.py",
    ),
    Guard(
        "R60", "the largest body that is not whole gives way", _BODIES,
        "            max(coming, key=_held).give_way()\n", "            return\n",
        _COUNTY + "test_bodies.py",
    ),
    Guard(
        "R60", "a body that comes too slowly is not waited for", _BODIES,
        "asyncio.timeout(_PATIENCE_SECONDS + cap / _SLOWEST)", "asyncio.timeout(None)",
        _COUNTY + "test_bodies.py",
    ),
    Guard(
        "R60", "who hangs up leaves no room taken", _BODIES,
        "            self._rooms.discard(room)\n", "            room.waits = None\n",
        _COUNTY + "test_bodies.py",
    ),
    Guard(
        "R38", "a code is good once", "county_server/invitations.py",
        "            invitation.c.answer.is_(None),\n", "", _BOTH + "test_by_code.py",
    ),
    Guard(
        "R38", "a code is good for a week", "county_server/invitations.py",
        "            invitation.c.expires_at >= instant_text(self.clock.now()),\n", "",
        _BOTH + "test_by_code.py",
    ),
    Guard(
        "R38", "the county keeps a ticket only under its code", "county_server/invitations.py",
        "seal_body(code_key(code), signed, TICKET_AAD)", "signed", _BOTH + "test_by_code.py",
    ),
    Guard(
        "county", "marks of the feed do not grow for ever", "county_server/feed_marks.py",
        "        if position is not None:\n", "        if False:\n", _COUNTY + "test_pages.py",
    ),
    Guard(
        "R36", "no certificate outlives the authority that signed it", "county_server/tls.py",
        "end = min(now + _LIFE, authority.not_valid_after_utc)", "end = now + _LIFE",
        _COUNTY + "test_certificate.py",
    ),
    Guard(
        "R36", "a renewed certificate keeps the county's address", "county_server/county.py",
        "_with_loopback(hosts or content.hosts)", "_with_loopback(hosts)",
        _COUNTY + "test_certificate.py",
    ),
    Guard(
        "R36", "the county remembers its new address", "county_server/county.py",
        "msgspec.structs.replace(content, hosts=list(all_hosts))", "content",
        _COUNTY + "test_certificate.py",
    ),
)  # fmt: skip
