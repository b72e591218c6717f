// Logs in with @xmpp/client over plain TCP, uses a room, and prints what happened as one line of JSON.
//
//   node client.js HOST PORT DOMAIN MUC ROOM USER1 USER2 PASSWORD

import { client, xml } from "@xmpp/client";

const [host, port, domain, muc, roomName, user1, user2, password] = process.argv.slice(2);
const room = `${roomName}@${muc}`;
const patience = 30_000;

const MUC = "http://jabber.org/protocol/muc";
const FORMS = "jabber:x:data";
const REGISTER = "jabber:iq:register";

async function login(username) {
  const entity = client({ service: `xmpp://${host}:${port}`, domain, username, password });
  entity.reconnect.stop();
  // The library takes STARTTLS whenever it is offered; this run is about the plain stream.
  entity.prependListener("element", (element) => {
    if (element.is("features", "http://etherx.jabber.org/streams")) {
      element.children = element.children.filter((child) => child.name !== "starttls");
    }
  });
  entity.on("error", () => {});
  await entity.start();
  return entity;
}

function until(entity, what, matches) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${what}`)), patience);
    entity.on("stanza", function listen(stanza) {
      if (!matches(stanza)) return;
      clearTimeout(timer);
      entity.off("stanza", listen);
      resolve(stanza);
    });
  });
}

function hasStatus(stanza, code) {
  return (stanza.getChild("x", `${MUC}#user`)?.getChildren("status") ?? []).some((status) => status.attrs.code === code);
}

async function join(entity, nick) {
  const welcome = until(entity, "subject", (s) => s.is("message") && s.attrs.type === "groupchat" && s.getChild("subject"));
  const self = until(entity, "self-presence", (s) => s.is("presence") && s.attrs.from === `${room}/${nick}` && hasStatus(s, "110"));
  await entity.send(xml("presence", { to: `${room}/${nick}` }, xml("x", { xmlns: MUC })));
  await welcome;
  return self;
}

function form(type, values) {
  return xml("x", { xmlns: FORMS, type: "submit" },
    xml("field", { var: "FORM_TYPE" }, xml("value", {}, type)),
    ...Object.entries(values).map(([name, value]) => xml("field", { var: name }, xml("value", {}, value))));
}

const report = { client: "@xmpp/client" };
try {
  const alice = await login(user1);
  const bob = await login(user2);
  report.loggedIn = true;
  report.encrypted = alice.isSecure();

  const created = await join(alice, "Alice");
  report.created = hasStatus(created, "201");
  await alice.iqCaller.request(xml("iq", { type: "set", to: room }, xml("query", { xmlns: `${MUC}#owner` }, form(`${MUC}#roomconfig`, {}))));
  await alice.iqCaller.request(xml("iq", { type: "set", to: room },
    xml("query", { xmlns: `${MUC}#admin` }, xml("item", { affiliation: "member", jid: `${user2}@${domain}` }))));
  await join(bob, "Bob");
  report.joined = true;

  const heard = until(bob, "message", (s) => s.is("message") && s.getChildText("body") === "Hello, Bob");
  const reflected = until(alice, "reflection", (s) => s.is("message") && s.getChildText("body") === "Hello, Bob");
  await alice.send(xml("message", { type: "groupchat", to: room, id: "hello" }, xml("body", {}, "Hello, Bob")));
  report.chatted = (await heard).attrs.from === `${room}/Alice` && (await reflected).attrs.id === "hello";

  const offered = await bob.iqCaller.request(xml("iq", { type: "get", to: room }, xml("query", { xmlns: REGISTER })));
  report.formOffered = offered.getChild("query", REGISTER).getChild("x", FORMS).getChildren("field").some((f) => f.attrs.var === "muc#register_roomnick");
  await bob.iqCaller.request(xml("iq", { type: "set", to: room }, xml("query", { xmlns: REGISTER }, form(`${MUC}#register`, { "muc#register_roomnick": "Robert" }))));
  report.registered = true;

  const refusal = until(alice, "refusal", (s) => s.is("presence") && s.attrs.type === "error");
  await alice.send(xml("presence", { to: `${room}/Robert` }));
  report.refused = (await refusal).getChild("error").children.find((child) => child.name !== "text").name;

  await Promise.all([alice.stop(), bob.stop()]);
} catch (error) {
  report.failure = String(error);
}

console.log(JSON.stringify(report));
process.exit(report.failure ? 1 : 0);
