// Zoom's own SDK for Node, as published: server-to-server token, meetings, and a receiver of events.
import { MeetingsS2SAuthClient } from "@zoom/rivet/meetings";

const { CLIENT_ID, CLIENT_SECRET, ACCOUNT_ID, WEBHOOK_SECRET, CONTROL, HOST } = process.env;
const client = new MeetingsS2SAuthClient({
  clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, accountId: ACCOUNT_ID, webhooksSecretToken: WEBHOOK_SECRET, port: 0,
});
const heard = [];
client.webEventConsumer.event("meeting.created", (event) => heard.push(event.payload.object.topic));
client.webEventConsumer.event("meeting.started", (event) => heard.push(typeof event.payload.object.id));
const server = await client.start();

const control = async (call, body) => {
  const reply = await fetch(`${CONTROL}/${call}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return reply.json();
};
const url = `http://127.0.0.1:${server.address().port}/zoom/events`;
const { standing } = await control("subscriptions", { app: "server", url });

const { createMeeting, getMeeting, listMeetings, updateMeeting, deleteMeeting } = client.endpoints.meetings;
const made = await createMeeting({ path: { userId: HOST }, body: {
  topic: "Köln / Panel", type: 2, start_time: "2027-03-02T15:00:00Z", duration: 45 } });
const meetingId = made.data.id;
const read = await getMeeting({ path: { meetingId } });
await updateMeeting({ path: { meetingId }, body: { topic: "Moved" } });
const listed = await listMeetings({ path: { userId: HOST } });
await control(`meetings/${meetingId}/join`, { user: HOST });
await control("deliveries", {});
const gone = await deleteMeeting({ path: { meetingId } });
console.log(JSON.stringify({
  standing, heard, created: made.statusCode, topic: read.data.topic, tracking: typeof read.trackingId,
  listed: listed.data.meetings.map((one) => one.topic), deleted: gone.statusCode,
}));
process.exit(0);
