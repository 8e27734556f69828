"""Microsoft's own Python SDK against the emulator: a client that we did not write.

Not part of `cargo test`. To run it:

    python3 -m venv venv
    venv/bin/pip install azure-communication-callautomation==1.3.0 azure-communication-identity==1.5.0
    cargo run -p acs-rest-emulator -- --port 4280        # prints the connection string
    venv/bin/python emulator/tests/python_sdk.py 'endpoint=http://127.0.0.1:4280/;accesskey=…'

The SDK's own `from_connection_string` drops the scheme and goes on with https, so the clients are
made from endpoint and key: `CallAutomationClient("http://127.0.0.1:4280", AzureKeyCredential(key))`.
The endpoint has no trailing slash there, since the SDK would sign it as part of the host. What it
prints of `add_participant` and `kwargs` is the SDK's own.
"""

import sys

from azure.communication.callautomation import (
    CallAutomationClient,
    CommunicationUserIdentifier,
    DtmfTone,
    FileSource,
    PhoneNumberIdentifier,
    RecognitionChoice,
    RecognizeInputType,
    TextSource,
)
from azure.communication.identity import CommunicationIdentityClient, CommunicationTokenScope
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError

CALLBACK = "https://app.contoso.com/callback"


def refused(status, action):
    """The refusal of `action`, which has to have this status."""
    try:
        action()
    except HttpResponseError as error:
        assert error.status_code == status, error
        print(f"  refused as it should be: {error.status_code} {error.error and error.error.code}")
        return error
    raise AssertionError("the emulator did not refuse")


def identities(endpoint, credential):
    client = CommunicationIdentityClient(endpoint, credential)
    alice, token = client.create_user_and_token([CommunicationTokenScope.VOIP])
    assert token.token.count(".") == 2 and token.expires_on
    bob = client.create_user()
    assert client.get_token(bob, [CommunicationTokenScope.CHAT]).token
    client.revoke_tokens(bob)
    print("created", alice.raw_id, "and", bob.raw_id)
    return client, alice, bob


def calls(endpoint, credential, alice, bob):
    client = CallAutomationClient(endpoint, credential)
    phone = PhoneNumberIdentifier("+14255550123")
    created = client.create_call([alice, phone], CALLBACK)
    assert created.call_connection_state == "connected", created
    call = client.get_call_connection(created.call_connection_id)
    assert call.get_call_properties().server_call_id == created.server_call_id
    print("created call", created.call_connection_id)

    added = call.add_participant(bob, operation_context="adding")
    assert added.participant.identifier.raw_id == bob.raw_id and added.invitation_id
    assert call.mute_participant(alice, operation_context="muting").operation_context == "muting"
    assert muted(call) == {alice.raw_id}
    assert call.get_participant(alice).is_muted is True
    assert call.get_participant(phone).is_muted is False
    print("muted", alice.raw_id, "and saw it muted")

    refused(400, lambda: call.mute_participant(phone))
    refused(404, lambda: call.mute_participant(CommunicationUserIdentifier("8:acs:nobody")))
    assert muted(call) == {alice.raw_id}

    for number in range(25):
        call.add_participant(CommunicationUserIdentifier(f"8:acs:guest-{number}"))
    assert len(list(call.list_participants())) == 28
    print("listed 28 participants over several pages")

    call.remove_participant(bob)
    refused(404, lambda: call.get_participant(bob))
    media(call, alice)
    recordings(client, created.server_call_id)
    refused(404, lambda: call.cancel_add_participant_operation("none"))
    assert call.cancel_add_participant_operation(added.invitation_id).invitation_id
    call.transfer_call_to_participant(bob, transferee=phone)
    refused(404, lambda: call.get_participant(phone))
    for locator in ({"room_id": "a"}, {"group_call_id": "a"}):
        client.connect_call(CALLBACK, **locator)
    call.hang_up(is_for_everyone=True)
    refused(404, call.get_call_properties)


def media(call, alice):
    prompt = FileSource("https://app.contoso.com/a.wav")
    call.play_media(prompt, [alice])
    call.play_media_to_all([prompt, TextSource(text="Welcome.")])
    for kind in RecognizeInputType:
        choices = [RecognitionChoice(label="yes", phrases=["yes"])] if kind == "choices" else None
        call.start_recognizing_media(
            kind, alice, play_prompt=prompt, dtmf_max_tones_to_collect=1, choices=choices
        )
    call.cancel_all_media_operations()
    call.start_continuous_dtmf_recognition(alice)
    call.stop_continuous_dtmf_recognition(alice)
    sent = call.send_dtmf_tones([DtmfTone.ONE], alice, operation_context="sending")
    assert sent.operation_context == "sending"
    call.hold(alice, play_source=prompt)
    assert call.get_participant(alice).is_on_hold is True
    call.unhold(alice)
    assert call.get_participant(alice).is_on_hold is False
    print("played, recognised, dialled, held")


def recordings(client, server_call_id):
    started = client.start_recording(server_call_id=server_call_id, pause_on_start=True)
    assert started.recording_state == "inactive", started
    refused(409, lambda: client.pause_recording(started.recording_id))
    client.resume_recording(started.recording_id)
    state = client.get_recording_properties(started.recording_id).recording_state
    assert state == "active", state
    client.stop_recording(started.recording_id)
    refused(404, lambda: client.get_recording_properties(started.recording_id))
    print("recorded")


def muted(call):
    return {p.identifier.raw_id for p in call.list_participants() if p.is_muted}


def parse(connection_string):
    pairs = dict(part.split("=", 1) for part in connection_string.split(";"))
    return pairs["endpoint"].rstrip("/"), AzureKeyCredential(pairs["accesskey"])


def main(connection_string):
    endpoint, credential = parse(connection_string)
    identity, alice, bob = identities(endpoint, credential)
    calls(endpoint, credential, alice, bob)
    identity.delete_user(bob)
    forger = CallAutomationClient(endpoint, AzureKeyCredential("d3Jvbmc="))
    refused(401, lambda: forger.create_call([alice], CALLBACK))
    print("all as it should be")


main(*sys.argv[1:])
