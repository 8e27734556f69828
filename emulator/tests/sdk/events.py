"""Reads every event that the emulator sends with the parsers that Python bots use.

Run by `emulator/tests/sdk/run`, with a file that holds the body of a delivery in each line.
"""

import json
import sys

from azure.core.messaging import CloudEvent
from azure.eventgrid import EventGridEvent

mid_call, grid = set(), set()
for line in open(sys.argv[1]):
    (event,) = json.loads(line)
    if "specversion" in event:
        parsed = CloudEvent.from_dict(event)
        assert parsed.data["callConnectionId"] and parsed.time and parsed.id, line
        assert parsed.extensions is None, line
        mid_call.add(parsed.type)
    else:
        parsed = EventGridEvent.from_dict(event)
        assert parsed.data.get("serverCallId") or parsed.data.get("recordingStorageInfo"), line
        grid.add(parsed.event_type)
assert (len(mid_call), len(grid)) == (37, 6), (sorted(mid_call), sorted(grid))
print(f"azure-core CloudEvent: {len(mid_call)} mid-call events, azure-eventgrid: {len(grid)} others")
