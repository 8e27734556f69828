"""Every public method of Microsoft's Python SDK against the emulator: a client that we did not write.

Run by `emulator/tests/sdk/run`, with the connection string as its argument.
"""

import asyncio
import sys
import time

from azure.communication.callautomation import (
    CallAutomationClient,
    CallConnectionClient,
    CommunicationUserIdentifier,
    DtmfTone,
    FileSource,
    PhoneNumberIdentifier,
    RecognitionChoice,
    RecognizeInputType,
    ServerCallLocator,
    SsmlSource,
    TextSource,
    __version__,
)
from azure.communication.callautomation.aio import CallAutomationClient as AsyncClient
from azure.communication.identity import (
    CommunicationIdentityClient,
    CommunicationTokenScope,
)
from azure.core.credentials import AccessToken, AzureKeyCredential
from azure.core.exceptions import HttpResponseError

CALLBACK = "http://127.0.0.1:9/callback"
PHONE = PhoneNumberIdentifier("+14255550123")
CALLER_ID = PhoneNumberIdentifier("+14255550100")


def refused(status, action):
    """Checks that `action` is refused with this status."""
    try:
        action()
    except HttpResponseError as error:
        assert error.status_code == status, error
        assert error.error.message, error
        return
    raise AssertionError("the emulator did not refuse")


def until(condition):
    """Waits until the network has caught up with a request."""
    for _ in range(200):
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("it did not happen in 4 seconds")


class StaticToken:
    """A token as `azure-identity` would give one."""

    def __init__(self, token):
        self.token = token

    def get_token(self, *scopes, **options):
        return AccessToken(self.token, int(time.time()) + 3600)


def identities(connection_string):
    client = CommunicationIdentityClient.from_connection_string(connection_string)
    alice, token = client.create_user_and_token([CommunicationTokenScope.VOIP])
    assert token.token.count(".") == 2 and token.expires_on
    bob = client.create_user()
    assert client.get_token(bob, [CommunicationTokenScope.CHAT]).token
    client.revoke_tokens(bob)
    gone = client.create_user()
    client.delete_user(gone)
    refused(404, lambda: client.get_token(gone, [CommunicationTokenScope.CHAT]))
    refused(401, lambda: client.get_token_for_teams_user("no token", "app", "user"))
    return alice, bob, token.token


def connected(client, *arguments, **options):
    created = client.create_call(*arguments, **options)
    call = client.get_call_connection(created.call_connection_id)
    until(lambda: call.get_call_properties().call_connection_state == "connected")
    return call


def participants(call):
    return {p.identifier.raw_id for p in call.list_participants()}


def call_connections(client, alice, bob):
    call = connected(
        client, [alice, PHONE], CALLBACK, source_caller_id_number=CALLER_ID, operation_context="a"
    )
    properties = call.get_call_properties()
    assert {target.raw_id for target in properties.targets} == {alice.raw_id, PHONE.raw_id}
    until(lambda: participants(call) == {alice.raw_id, PHONE.raw_id})

    added = call.add_participant(bob, operation_context="adding", invitation_timeout=30)
    assert added.participant.identifier.raw_id == bob.raw_id and added.invitation_id
    until(lambda: bob.raw_id in participants(call))
    assert call.mute_participant(alice, operation_context="muting").operation_context == "muting"
    assert until(lambda: call.get_participant(alice).is_muted)
    assert not call.get_participant(PHONE).is_muted
    refused(400, lambda: call.mute_participant(PHONE))
    refused(404, lambda: call.mute_participant(CommunicationUserIdentifier("8:acs:nobody")))

    guests = [CommunicationUserIdentifier(f"8:acs:guest-{number}") for number in range(12)]
    for guest in guests:
        call.add_participant(guest)
    until(lambda: len(participants(call)) == 15)
    call.remove_participant(bob)
    until(lambda: bob.raw_id not in participants(call))
    refused(404, lambda: call.get_participant(bob))

    media(call, alice)
    call.hold(PHONE)
    call.unhold(PHONE)
    until(lambda: not call.get_participant(PHONE).is_on_hold)
    recordings(client, properties.server_call_id)
    later_operations(client, call, bob)
    refused(404, lambda: client.get_call_connection("none").get_call_properties())
    call.transfer_call_to_participant(bob, transferee=PHONE)
    until(lambda: PHONE.raw_id not in participants(call))
    for locator in ({"room_id": "a"}, {"group_call_id": "a"}):
        client.connect_call(CALLBACK, **locator)
    call.hang_up(is_for_everyone=True)
    refused(404, call.get_call_properties)
    connected(client, alice, CALLBACK).hang_up(is_for_everyone=False)


def media(call, alice):
    prompt = FileSource("https://app.contoso.com/a.wav")
    ssml = SsmlSource(ssml_text="<speak/>")
    call.play_media(prompt, [alice])
    call.play_media_to_all([prompt, TextSource(text="Welcome.", voice_name="en-US-JennyNeural"), ssml])
    call.cancel_all_media_operations()
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
    until(lambda: call.get_participant(alice).is_on_hold)
    call.unhold(alice)
    until(lambda: not call.get_participant(alice).is_on_hold)


def recordings(client, server_call_id):
    started = client.start_recording(ServerCallLocator(server_call_id), pause_on_start=True)
    assert started.recording_state == "inactive", started
    recording = started.recording_id
    client.resume_recording(recording)
    until(lambda: client.get_recording_properties(recording).recording_state == "active")
    client.pause_recording(recording)
    until(lambda: client.get_recording_properties(recording).recording_state == "inactive")
    client.stop_recording(recording)
    refused(404, lambda: client.get_recording_properties(recording))


def later_operations(client, call, bob):
    if not hasattr(CallConnectionClient, "move_participants"):
        return
    from azure.communication.callautomation import (
        MediaStreamingOptions,
        TranscriptionOptions,
    )

    streaming = MediaStreamingOptions(
        transport_url="ws://127.0.0.1:9/",
        transport_type="websocket",
        content_type="audio",
        audio_channel_type="mixed",
        start_media_streaming=False,
    )
    transcription = TranscriptionOptions(
        transport_url="ws://127.0.0.1:9/",
        transport_type="websocket",
        locale="en-US",
        start_transcription=False,
    )
    other = connected(
        client, [bob], CALLBACK, media_streaming=streaming, transcription=transcription
    )
    other.start_transcription(locale="en-US")
    other.update_transcription(locale="de-DE")
    other.stop_transcription()
    other.start_media_streaming()
    other.stop_media_streaming()
    until(lambda: participants(other) == {bob.raw_id})
    call.move_participants([bob], other.get_call_properties().call_connection_id)
    until(lambda: bob.raw_id in participants(call))


def incoming_calls(client):
    for decide in (client.redirect_call, client.answer_call):
        second = PHONE if decide == client.redirect_call else CALLBACK
        refused(404, lambda: decide("unknown", second))
    refused(404, lambda: client.reject_call("unknown"))


def credentials(connection_string, alice, token):
    pairs = dict(part.split("=", 1) for part in connection_string.split(";"))
    endpoint, key = pairs["endpoint"].rstrip("/"), pairs["accesskey"]
    for credential in (AzureKeyCredential(key), StaticToken(token)):
        connected(CallAutomationClient(endpoint, credential), alice, CALLBACK).hang_up(True)
    forger = CallAutomationClient(endpoint, AzureKeyCredential("d3Jvbmc="))
    refused(401, lambda: forger.create_call(alice, CALLBACK))
    refused(403, CommunicationIdentityClient(endpoint, StaticToken(token)).create_user)
    slash = CallAutomationClient(endpoint + "/", AzureKeyCredential(key))
    try:
        slash.create_call(alice, CALLBACK).call_connection_id
    except HttpResponseError as error:
        assert "without a slash at the end" in error.message, error


async def asynchronous(connection_string, alice):
    async with AsyncClient.from_connection_string(connection_string) as client:
        created = await client.create_call(alice, CALLBACK)
        call = client.get_call_connection(created.call_connection_id)
        assert (await call.get_call_properties()).call_connection_id
        async for participant in call.list_participants():
            assert participant.identifier.raw_id == alice.raw_id
        await call.hang_up(is_for_everyone=True)


def main(connection_string):
    alice, bob, token = identities(connection_string)
    client = CallAutomationClient.from_connection_string(connection_string)
    call_connections(client, alice, bob)
    incoming_calls(client)
    credentials(connection_string, alice, token)
    asyncio.run(asynchronous(connection_string, alice))
    print(f"azure-communication-callautomation {__version__}: every method works or is refused as it should be")


main(*sys.argv[1:])
