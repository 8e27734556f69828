// Every public method of Microsoft's JavaScript SDK against the emulator: a client that we did not write.
//
// Run by `emulator/tests/sdk/run`, with the connection string as its argument and, if it is not the SDK's own, the
// api-version.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// The packages are where the script is called, not beside this file.
const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const { CallAutomationClient } = require("@azure/communication-call-automation");
const { CommunicationIdentityClient } = require("@azure/communication-identity");
const { AzureCommunicationTokenCredential } = require("@azure/communication-common");
const { AzureKeyCredential } = require("@azure/core-auth");

const [connectionString, apiVersion] = process.argv.slice(2);
const options = apiVersion ? { apiVersion } : {};
const callback = "http://127.0.0.1:9/callback";
const phone = { phoneNumber: "+14255550123" };
const callerId = { phoneNumber: "+14255550100" };
const prompt = { kind: "fileSource", url: "https://app.contoso.com/a.wav" };

async function refused(status, action) {
  await assert.rejects(action, (error) => {
    assert.equal(error.statusCode, status, error);
    assert.ok(error.message, error);
    return true;
  });
}

async function until(condition) {
  for (let tries = 0; tries < 200; tries += 1) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("it did not happen in 4 seconds");
}

async function identities() {
  const client = new CommunicationIdentityClient(connectionString);
  const { user: alice, token } = await client.createUserAndToken(["voip"]);
  assert.equal(token.split(".").length, 3);
  const bob = await client.createUser();
  assert.ok((await client.getToken(bob, ["chat"])).token);
  await client.revokeTokens(bob);
  const gone = await client.createUser();
  await client.deleteUser(gone);
  await refused(404, () => client.getToken(gone, ["chat"]));
  const exchange = { teamsUserAadToken: "no token", clientId: "app", userObjectId: "user" };
  await refused(401, () => client.getTokenForTeamsUser(exchange));
  return { alice, bob, token };
}

async function connected(client, target, more = {}) {
  const { callConnection } = await client.createCall({ targetParticipant: target }, callback, more);
  await until(async () => (await callConnection.getCallConnectionProperties()).callConnectionState === "connected");
  return callConnection;
}

async function participants(call) {
  const { values } = await call.listParticipants();
  return values.map(({ identifier }) => identifier.communicationUserId ?? identifier.phoneNumber);
}

async function callConnections(client, alice, bob) {
  const created = await client.createGroupCall([alice, phone], callback, {
    operationContext: "a",
    sourceCallIdNumber: callerId,
  });
  const call = created.callConnection;
  await until(async () => (await participants(call)).length === 2);
  const properties = await call.getCallConnectionProperties();
  assert.equal(properties.targetParticipants.length, 2);

  const added = await call.addParticipant({ targetParticipant: bob }, { operationContext: "adding" });
  assert.ok(added.invitationId);
  await until(async () => (await participants(call)).length === 3);
  const muted = await call.muteParticipant(alice, { operationContext: "muting" });
  assert.equal(muted.operationContext, "muting");
  assert.ok(await until(async () => (await call.getParticipant(alice)).isMuted));
  await refused(400, () => call.muteParticipant(phone));
  await refused(404, () => call.muteParticipant({ communicationUserId: "8:acs:nobody" }));

  await call.removeParticipant(bob);
  await until(async () => (await participants(call)).length === 2);
  await refused(404, () => call.getParticipant(bob));
  await media(call.getCallMedia(), call, alice);
  await recordings(client.getCallRecording(), properties.serverCallId);
  await laterOperations(client, call, bob);
  await refused(404, () => client.getCallConnection("none").getCallConnectionProperties());
  await call.transferCallToParticipant(bob, { transferee: phone });
  await until(async () => !(await participants(call)).includes(phone.phoneNumber));
  for (const locator of [
    { id: "a", kind: "roomCallLocator" },
    { id: "a", kind: "groupCallLocator" },
  ]) {
    if (client.connectCall) await client.connectCall(locator, callback);
  }
  await call.hangUp(true);
  await refused(404, () => call.getCallConnectionProperties());
  await (await connected(client, alice)).hangUp(false);
}

async function media(callMedia, call, alice) {
  await callMedia.play([prompt], [alice]);
  await callMedia.playToAll([
    prompt,
    { kind: "textSource", text: "Welcome.", voiceName: "en-US-JennyNeural" },
    { kind: "ssmlSource", ssmlText: "<speak/>" },
  ]);
  await callMedia.cancelAllOperations();
  for (const recognize of [
    { kind: "callMediaRecognizeDtmfOptions", maxTonesToCollect: 1, playPrompt: prompt },
    { kind: "callMediaRecognizeChoiceOptions", choices: [{ label: "yes", phrases: ["yes"] }] },
    { kind: "callMediaRecognizeSpeechOptions", endSilenceTimeoutInSeconds: 1 },
    { kind: "callMediaRecognizeSpeechOrDtmfOptions", maxTonesToCollect: 1, endSilenceTimeoutInSeconds: 1 },
  ]) {
    await callMedia.startRecognizing(alice, recognize);
    await callMedia.cancelAllOperations();
  }
  await callMedia.startContinuousDtmfRecognition(alice);
  await callMedia.stopContinuousDtmfRecognition(alice);
  const sent = await callMedia.sendDtmfTones(["one"], alice, { operationContext: "sending" });
  assert.equal(sent.operationContext, "sending");
  for (const held of [alice, phone]) {
    await callMedia.hold(held);
    await until(async () => (await call.getParticipant(held)).isOnHold);
    await callMedia.unhold(held);
    await until(async () => !(await call.getParticipant(held)).isOnHold);
  }
}

async function recordings(recording, serverCallId) {
  const callLocator = { id: serverCallId, kind: "serverCallLocator" };
  const { recordingId } = await recording.start({ callLocator, pauseOnStart: true });
  const state = async () => (await recording.getState(recordingId)).recordingState;
  await recording.resume(recordingId);
  await until(async () => (await state()) === "active");
  await recording.pause(recordingId);
  await until(async () => (await state()) === "inactive");
  await recording.stop(recordingId);
  await refused(404, state);
}

async function laterOperations(client, call, bob) {
  if (apiVersion) return;
  const transport = { transportUrl: "ws://127.0.0.1:9/", transportType: "websocket" };
  const other = await connected(client, bob, {
    mediaStreamingOptions: { ...transport, contentType: "audio", audioChannelType: "mixed", startMediaStreaming: false },
    transcriptionOptions: { ...transport, locale: "en-US", startTranscription: false },
  });
  const callMedia = other.getCallMedia();
  await callMedia.startTranscription({ locale: "en-US" });
  await callMedia.updateTranscription("de-DE");
  await callMedia.stopTranscription();
  await callMedia.startMediaStreaming();
  await callMedia.stopMediaStreaming();
  if (!call.moveParticipants) return;
  await until(async () => (await participants(other)).length === 1);
  await call.moveParticipants([bob], (await other.getCallConnectionProperties()).callConnectionId);
  await until(async () => (await participants(call)).includes(bob.communicationUserId));
}

async function incomingCalls(client, bob) {
  await refused(404, () => client.answerCall("unknown", callback));
  await refused(404, () => client.rejectCall("unknown"));
  await refused(404, () => client.redirectCall("unknown", { targetParticipant: bob }));
}

async function credentials(alice, token) {
  const [, endpoint, key] = /^endpoint=(.*?)\/?;accesskey=(.*)$/i.exec(connectionString);
  for (const credential of [new AzureKeyCredential(key), new AzureCommunicationTokenCredential(token)]) {
    const client = new CallAutomationClient(endpoint, credential, options);
    await (await connected(client, alice)).hangUp(true);
  }
  const forger = new CallAutomationClient(endpoint, new AzureKeyCredential("d3Jvbmc="), options);
  await refused(401, () => forger.createCall({ targetParticipant: alice }, callback));
}

const { alice, bob, token } = await identities();
const client = new CallAutomationClient(connectionString, options);
await callConnections(client, alice, bob);
await incomingCalls(client, bob);
await credentials(alice, token);
const { version } = require("@azure/communication-call-automation/package.json");
console.log(`@azure/communication-call-automation ${version}: every method works or is refused as it should be`);
