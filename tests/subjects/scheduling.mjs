// A subject of the conformance kit in another language: how one product schedules, and nothing else.
//
// It is wrong in three ways, on purpose. tests/test_subjects.py says which, and that the kit finds just those.

import { createServer } from "node:http";

let world = {};
let settings = {};

class Fault extends Error {}

const reason = (clause, fact = "", about = "") => ({ clause, fact, about });
const refuse = (code, key, because, next = []) => ({ kind: "refusal", code, say: { key }, because, next });

function connection() {
  // Wrong, 1: a connection that has to be renewed counts as one.
  return world.connections.find((one) => one.level === "organization" && one.kind !== "idle" && one.zoom_user);
}

function connectFirst() {
  const phase = world.connections[0]?.phase ?? "not_connected";
  return refuse("connect_first", "connect_first", ["IVP-34", "IVP-42"].map((one) => reason(one, phase)), ["connect"]);
}

function wantMeeting({ interview }) {
  const stage = settings.kind?.video ?? false;
  const candidate = settings.candidate?.video ?? null;
  if (interview.wish.given) return refuse("details_not_taken", "details_not_taken", [reason("CORE-11")]);
  // Wrong, 2: a stage that is on is on for everybody.
  const on = stage || candidate === true;
  const clause = candidate === null ? (stage ? "IVP-35" : "IVP-39") : on ? "IVP-36" : "IVP-38";
  const word = (value) => (value ? "on" : "off");
  const fact = candidate === null ? "" : `the candidate is ${word(candidate)}, the stage ${word(stage)}`;
  const because = [reason(clause, fact)];
  const wish = interview.wish.zoom;
  const warnings = wish === null || wish === on ? [] : [{ key: on ? "video_is_on" : "video_is_off" }];
  if (!on) return { kind: "none", because, warnings };
  if (!connection()) return connectFirst();
  if (interview.stage < 2) return { kind: "not_yet", until: 2, say: { key: "later" }, because };
  return { kind: "wanted", because, warnings };
}

function selectHost() {
  const via = connection();
  if (!via) return connectFirst();
  // Wrong, 3: whoever connected hosts.
  const host = via.zoom_user;
  const because = [reason("IVP-21", "", host.email), reason("IVP-08")];
  return { kind: "host", host, via, because, considered: [{ who: host.email, verdict: "host", because: because[0] }] };
}

function createMeeting({ interview }) {
  const because = [reason("IVP-01"), reason("CORE-14")];
  return { kind: "new", topic: interview.subject ?? "Interview", use_pmi: false, insist: ["use_pmi"], because };
}

const answers = { want_meeting: wantMeeting, select_host: selectHost, create_meeting: createMeeting };

const verbs = {
  "/reset": (asked) => void ({ world, settings } = asked),
  "/act": ({ action, arguments: given }) => {
    if (!answers[action]) throw new Fault(`${action} is not there yet`);
    return { answer: answers[action](given) };
  },
  "/observe": ({ what }) => {
    throw new Fault(`there are no ${what} yet`);
  },
};

const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    try {
      const said = verbs[request.url](JSON.parse(Buffer.concat(parts).toString()));
      response.writeHead(said ? 200 : 204, { "content-type": "application/json" });
      response.end(said ? JSON.stringify(said) : "");
    } catch (error) {
      response.writeHead(error instanceof Fault ? 422 : 500, { "content-type": "application/json" });
      response.end(JSON.stringify({ fault: error.message }));
    }
  });
});

server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ subject_url: `http://127.0.0.1:${server.address().port}` })));
