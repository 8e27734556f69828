// A bot, from the first ring to the last event, on Microsoft's JavaScript SDK.
//
// Run by `emulator/tests/sdk/run`, with the connection string, the emulator's http endpoint, its audience and the port
// at which the emulator looks for the bot's Event Grid endpoint `/incoming`.

import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// The packages are where the script is called, not beside this file.
const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const { CallAutomationClient, parseCallAutomationEvent } = require("@azure/communication-call-automation");

const [connectionString, emulator, audience, port, apiVersion] = process.argv.slice(2);
const bot = `http://127.0.0.1:${port}`;
const customer = { phoneNumber: "+14255550123" };
const agent = { phoneNumber: "+14255550124" };
const [events, gridEvents, failures] = [[], [], []];

async function verified(authorization) {
  const token = authorization.replace(/^Bearer /, "");
  const [header, payload, signature] = token.split(".");
  const decode = (text) => JSON.parse(Buffer.from(text, "base64url"));
  const { keys } = await (await fetch(`${emulator}/calling/keys`)).json();
  const jwk = keys.find(({ kid }) => kid === decode(header).kid);
  const key = createPublicKey({ key: jwk, format: "jwk" });
  const signed = Buffer.from(`${header}.${payload}`);
  assert.ok(verify("RSA-SHA256", signed, key, Buffer.from(signature, "base64url")), "signature");
  assert.equal(decode(payload).aud, audience);
  assert.equal(decode(payload).iss, "https://acscallautomation.communication.azure.com");
}

async function receive(request, body) {
  if (request.url === "/incoming") {
    if (request.headers["aeg-event-type"] === "SubscriptionValidation") {
      return { validationResponse: body[0].data.validationCode };
    }
    gridEvents.push(...body);
    return {};
  }
  await verified(request.headers.authorization);
  assert.equal(body.length, 1);
  const parsed = parseCallAutomationEvent(body[0]);
  assert.ok(parsed.callConnectionId, JSON.stringify(body));
  events.push({ path: request.url, ...parsed });
  return {};
}

const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", async () => {
    try {
      response.end(JSON.stringify(await receive(request, JSON.parse(Buffer.concat(parts)))));
    } catch (error) {
      failures.push(error);
      response.writeHead(400).end();
    }
  });
});

async function until(condition, what) {
  for (let tries = 0; tries < 500; tries += 1) {
    if (failures.length) throw failures[0];
    const value = condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what} did not come; there were ${JSON.stringify(events.map(({ kind }) => kind))}`);
}

/** The next event of a kind, where it is expected; others are passed over. */
async function expected(kind, path = "/cb?s=secret") {
  const index = await until(() => events.findIndex((event) => event.kind === kind) + 1, kind);
  const event = events[index - 1];
  events.splice(0, index);
  assert.equal(event.path, path, kind);
  return event;
}

async function control(path, body) {
  const response = await fetch(`${emulator}/_emulator/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, `${path}: ${await response.clone().text()}`);
}

const rawId = ({ phoneNumber }) => `4:${phoneNumber}`;

async function person(call, who, verb, body = {}) {
  await control(`calls/${encodeURIComponent(call)}/participants/${encodeURIComponent(rawId(who))}:${verb}`, body);
}

await new Promise((resolve) => server.listen(Number(port), "127.0.0.1", resolve));
const client = new CallAutomationClient(connectionString, apiVersion ? { apiVersion } : {});

// Before the handshake of Event Grid, a call that comes in is announced to no one.
for (let tries = 0; ; tries += 1) {
  const response = await fetch(`${emulator}/_emulator/eventGrid/subscriptions`);
  const { subscriptions } = await response.json();
  if (subscriptions.every(({ isValidated }) => isValidated)) break;
  assert.ok(tries < 600, "the handshake of Event Grid did not come");
  await new Promise((resolve) => setTimeout(resolve, 50));
}
await control("incomingCalls", { from: rawId(customer) });
const incoming = await until(() => gridEvents.find(({ eventType }) => eventType.endsWith(".IncomingCall")), "IncomingCall");
assert.equal(incoming.data.from.rawId, rawId(customer));
const { callConnection } = await client.answerCall(incoming.data.incomingCallContext, `${bot}/cb?s=secret`, {
  callIntelligenceOptions: { cognitiveServicesEndpoint: "https://contoso.cognitiveservices.azure.com" },
  operationContext: "in",
});
const { serverCallId } = await expected("CallConnected");
assert.equal(serverCallId, incoming.data.serverCallId);
await expected("ParticipantsUpdated");

const media = callConnection.getCallMedia();
const prompt = { kind: "textSource", text: "Shall we?", voiceName: "en-US-JennyNeural" };
await media.startRecognizing(customer, {
  kind: "callMediaRecognizeChoiceOptions",
  choices: [{ label: "Yes", phrases: ["yes", "sure"] }],
  playPrompt: prompt,
  interruptPrompt: true,
  operationContext: "menu",
});
await person(serverCallId, customer, "speak", { text: "yes" });
const recognized = await expected("RecognizeCompleted");
assert.deepEqual([recognized.recognitionType, recognized.choiceResult.label], ["choices", "Yes"]);
await media.playToAll([prompt], { operationContext: "sorry" });
assert.equal((await expected("PlayCompleted")).operationContext, "sorry");

await callConnection.addParticipant(
  { targetParticipant: agent, sourceCallIdNumber: { phoneNumber: "+14255550100" } },
  { operationCallbackUrl: `${bot}/cb2`, invitationTimeoutInSeconds: 20 },
);
assert.equal((await expected("AddParticipantSucceeded", "/cb2")).participant.phoneNumber, agent.phoneNumber);
await media.hold(customer);
await media.unhold(customer);
const { recordingId } = await client.getCallRecording().start({
  callLocator: { id: serverCallId, kind: "serverCallLocator" },
  recordingStateCallbackEndpointUrl: `${bot}/cb3`,
});
assert.equal((await expected("RecordingStateChanged", "/cb3")).recordingId, recordingId);
await callConnection.hangUp(true);
await expected("CallDisconnected");
await until(() => gridEvents.some(({ eventType }) => eventType.endsWith(".RecordingFileStatusUpdated")), "a recording file");
await assert.rejects(callConnection.getCallConnectionProperties(), { statusCode: 404 });
assert.deepEqual(failures, []);
server.close();
server.closeAllConnections();
const { version } = require("@azure/communication-call-automation/package.json");
console.log(`@azure/communication-call-automation ${version}: a bot, from the first ring to the last event`);
