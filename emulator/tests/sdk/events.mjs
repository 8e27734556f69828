// Reads every mid-call event that the emulator sends with the parser of Microsoft's JavaScript SDK.
//
// Run by `emulator/tests/sdk/run`, with a file that holds the body of a delivery in each line.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const { parseCallAutomationEvent } = require("@azure/communication-call-automation");
const { version } = require("@azure/communication-call-automation/package.json");

// The versions before 1.6.0 refuse these.
const later = ["MoveParticipantFailed", "MoveParticipantSucceeded"].map((kind) => `Microsoft.Communication.${kind}`);
const unknown = new Set(version < "1.6" ? later : []);

const kinds = new Set();
for (const line of readFileSync(process.argv[2], "utf8").trimEnd().split("\n")) {
  const [event] = JSON.parse(line);
  if (!event.specversion || unknown.has(event.type)) continue;
  const parsed = parseCallAutomationEvent(event);
  assert.ok(parsed.callConnectionId && parsed.kind, line);
  kinds.add(parsed.kind);
}
assert.equal(kinds.size, 37 - unknown.size, [...kinds].sort().join());
console.log(`parseCallAutomationEvent: ${kinds.size} mid-call events`);
