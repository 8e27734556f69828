"""A bot, from the first ring to the last event, on Microsoft's Python SDK.

Run by `emulator/tests/sdk/run`, with the connection string, the emulator's http endpoint, its audience and the port
at which the emulator looks for the bot's Event Grid endpoint `/incoming`.
"""

import collections
import json
import queue
import sys
import threading
import time
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from azure.communication.callautomation import (
    CallAutomationClient,
    PhoneNumberIdentifier,
    RecognitionChoice,
    RecognizeInputType,
    TextSource,
    __version__,
)
from azure.core.exceptions import ResourceNotFoundError
from azure.core.messaging import CloudEvent

connection_string, emulator, audience, port = sys.argv[1:]
bot = f"http://127.0.0.1:{port}"
customer, agent = PhoneNumberIdentifier("+14255550123"), PhoneNumberIdentifier("+14255550124")
own = PhoneNumberIdentifier("+14255550100")
events, grid_events, attempts = collections.defaultdict(queue.Queue), queue.Queue(), []
statuses = []  # of the next answers to callbacks
keys = jwt.PyJWKClient(f"{emulator}/calling/keys")


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer, status = b"", 200
        if self.path == "/incoming":
            answer = self.grid(body)
        else:
            status = self.callback(body)
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def grid(self, body):
        if self.headers["aeg-event-type"] == "SubscriptionValidation":
            return json.dumps({"validationResponse": body[0]["data"]["validationCode"]}).encode()
        for event in body:
            grid_events.put(event)
        return b""

    def callback(self, body):
        token = self.headers["Authorization"].removeprefix("Bearer ")
        key = keys.get_signing_key_from_jwt(token).key
        jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            audience=audience,
            issuer="https://acscallautomation.communication.azure.com",
        )
        assert len(body) == 1, body
        event = CloudEvent.from_dict(body[0])
        attempts.append((event.id, token))
        status = statuses.pop(0) if statuses else 200
        if status == 200:
            events[self.path].put(event)
        return status

    def log_message(self, *arguments):
        pass


def expect(kind, path="/cb?s=secret", **data):
    """The next event of a kind at a path, with what it is expected to say; others are passed over."""
    passed = []
    while True:
        try:
            event = events[path].get(timeout=10)
        except queue.Empty:
            raise AssertionError(f"{kind} did not come after {passed}") from None
        if event.type == f"Microsoft.Communication.{kind}":
            assert event.data["callConnectionId"]
            for name, value in data.items():
                assert event.data.get(name) == value, (name, event.data)
            return event.data
        passed.append(event.type)


def control(path, body):
    request = urllib.request.Request(
        f"{emulator}/_emulator/{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read() or b"null")


def person(call, raw_id, verb, body=None):
    call, raw_id = urllib.parse.quote(call, safe=""), urllib.parse.quote(raw_id, safe="")
    control(f"calls/{call}/participants/{raw_id}:{verb}", body or {})


def subscribed():
    """Waits for the handshake of Event Grid: before it, a call that comes in is announced to no one."""
    for _ in range(600):
        with urllib.request.urlopen(f"{emulator}/_emulator/eventGrid/subscriptions") as response:
            if all(known["isValidated"] for known in json.loads(response.read())["subscriptions"]):
                return
        time.sleep(0.05)
    raise AssertionError("the handshake of Event Grid did not come")


def incoming(client):
    control("incomingCalls", {"from": customer.raw_id})
    while True:
        event = grid_events.get(timeout=10)
        if event["eventType"] == "Microsoft.Communication.IncomingCall":
            break
    data = event["data"]
    assert data["from"]["rawId"] == customer.raw_id, data
    answered = client.answer_call(
        data["incomingCallContext"],
        f"{bot}/cb?s=secret",
        cognitive_services_endpoint="https://contoso.cognitiveservices.azure.com",
        operation_context="in",
    )
    assert answered.call_connection_state in ("connecting", "unknown"), answered
    connected = expect("CallConnected", operationContext="in")
    assert connected["serverCallId"] == data["serverCallId"]
    expect("ParticipantsUpdated")
    return client.get_call_connection(answered.call_connection_id), connected["serverCallId"]


def menu(call, server_call):
    yes = RecognitionChoice(label="Yes", phrases=["yes", "sure"])
    prompt = TextSource(text="Shall we?", voice_name="en-US-JennyNeural")
    call.start_recognizing_media(
        RecognizeInputType.CHOICES,
        customer,
        choices=[yes],
        play_prompt=prompt,
        interrupt_prompt=True,
        operation_context="menu",
    )
    person(server_call, customer.raw_id, "speak", {"text": "yes"})
    completed = expect("RecognizeCompleted", operationContext="menu")
    assert completed["recognitionType"] == "choices", completed
    assert completed["choiceResult"]["label"] == "Yes", completed
    call.start_recognizing_media(
        RecognizeInputType.DTMF,
        customer,
        dtmf_max_tones_to_collect=2,
        operation_context="digits",
    )
    person(server_call, customer.raw_id, "press", {"tones": ["1", "2"]})
    completed = expect("RecognizeCompleted", operationContext="digits")
    assert completed["dtmfResult"]["tones"] == ["one", "two"], completed
    call.start_recognizing_media(
        RecognizeInputType.DTMF,
        customer,
        dtmf_max_tones_to_collect=1,
        initial_silence_timeout=1,
        operation_context="silence",
    )
    failed = expect("RecognizeFailed", operationContext="silence")
    assert failed["resultInformation"]["subCode"] == 8510, failed
    call.play_media_to_all(prompt, operation_context="sorry")
    expect("PlayCompleted", operationContext="sorry")


def people(call):
    call.add_participant(
        agent,
        source_caller_id_number=own,
        invitation_timeout=20,
        operation_context="add",
        operation_callback_url=f"{bot}/cb2",
    )
    added = expect("AddParticipantSucceeded", "/cb2", operationContext="add")
    assert added["participant"]["rawId"] == agent.raw_id
    updated = expect("ParticipantsUpdated")
    assert len(updated["participants"]) >= 2, updated
    for change in (call.hold, call.unhold):
        change(customer)
        expect("ParticipantsUpdated")


def recording(client, server_call):
    started = client.start_recording(
        server_call_id=server_call, recording_state_callback_url=f"{bot}/cb3"
    )
    recording_is("active", recordingId=started.recording_id)


def recording_is(state, **data):
    """Waits for a state; the one before may be told again."""
    while expect("RecordingStateChanged", "/cb3", **data)["state"] != state:
        pass


def deliveries(call):
    statuses.append(500)
    call.play_media_to_all(TextSource(text="a"), operation_context="again")
    expect("PlayStarted", operationContext="again")
    ids = [event_id for event_id, _ in attempts]
    (twice,) = {event_id for event_id in ids if ids.count(event_id) > 1}
    tokens = [token for event_id, token in attempts if event_id == twice]
    assert len(set(tokens)) == 2, "each try has a token of its own"
    expect("PlayCompleted", operationContext="again")


def the_end(call):
    call.hang_up(is_for_everyone=True)
    expect("CallDisconnected", operationContext="in")
    recording_is("inactive")
    while True:
        if grid_events.get(timeout=10)["eventType"].endswith("RecordingFileStatusUpdated"):
            break
    try:
        call.get_call_properties()
    except ResourceNotFoundError:
        return
    raise AssertionError("the call is still there")


threading.Thread(
    target=ThreadingHTTPServer(("127.0.0.1", int(port)), Handler).serve_forever, daemon=True
).start()
client = CallAutomationClient.from_connection_string(connection_string)
subscribed()
call, server_call = incoming(client)
menu(call, server_call)
people(call)
recording(client, server_call)
deliveries(call)
the_end(call)
print(f"azure-communication-callautomation {__version__}: a bot, from the first ring to the last event")
