"""Logs in with slixmpp (SCRAM over STARTTLS), uses a room, and prints what happened as one line of JSON.

    client.py HOST PORT DOMAIN MUC ROOM USER1 USER2 PASSWORD
"""

import asyncio
import json
import ssl
import sys
from xml.etree import ElementTree

import slixmpp
from slixmpp.exceptions import IqError

HOST, PORT, DOMAIN, MUC, ROOM_NAME, USER1, USER2, PASSWORD = sys.argv[1:]
ROOM = f"{ROOM_NAME}@{MUC}"
PATIENCE = 30

MUC_NS = "http://jabber.org/protocol/muc"
REGISTER_NS = "jabber:iq:register"


class Person(slixmpp.ClientXMPP):
    def __init__(self, user):
        super().__init__(f"{user}@{DOMAIN}", PASSWORD)
        # The server under test has signed its own certificate.
        self.ssl_context.check_hostname = False
        self.ssl_context.verify_mode = ssl.CERT_NONE
        self.register_plugin("xep_0004")
        self.register_plugin("xep_0030")
        self.register_plugin("xep_0045")
        self.waiting = []
        self.add_event_handler("presence", self.look)
        self.add_event_handler("presence_error", self.look)
        self.add_event_handler("groupchat_message", self.look)
        self.add_event_handler("groupchat_subject", self.look)

    def look(self, stanza):
        for entry in list(self.waiting):
            matches, future = entry
            if not future.done() and matches(stanza):
                future.set_result(stanza)
                self.waiting.remove(entry)

    def until(self, matches):
        future = asyncio.get_running_loop().create_future()
        self.waiting.append((matches, future))
        return asyncio.wait_for(future, PATIENCE)

    async def login(self):
        started = asyncio.get_running_loop().create_future()
        self.add_event_handler("session_start", lambda _: started.done() or started.set_result(None))
        for event in ("failed_all_auth", "connection_failed"):
            self.add_event_handler(event, lambda why, name=event: started.done() or started.set_exception(RuntimeError(f"{name}: {why}")))
        self.connect(address=(HOST, int(PORT)), force_starttls=True)
        await asyncio.wait_for(started, PATIENCE)

    async def join(self, nick):
        self_presence = self.until(lambda s: s["from"] == f"{ROOM}/{nick}" and "110" in statuses(s))
        subject = self.until(lambda s: s.name == "message" and s.xml.find("{jabber:client}subject") is not None)
        self.send_presence_with_tag(nick)
        stanza, _ = await asyncio.gather(self_presence, subject)
        return stanza

    def send_presence_with_tag(self, nick, tagged=True):
        presence = self.make_presence(pto=f"{ROOM}/{nick}")
        if tagged:
            presence.append(ElementTree.Element(f"{{{MUC_NS}}}x"))
        presence.send()


def statuses(stanza):
    return [status.get("code") for status in stanza.xml.iter(f"{{{MUC_NS}#user}}status")]


def form(form_type, values):
    x = ElementTree.Element("{jabber:x:data}x", type="submit")
    for name, value in {"FORM_TYPE": form_type, **values}.items():
        field = ElementTree.SubElement(x, "{jabber:x:data}field", var=name)
        ElementTree.SubElement(field, "{jabber:x:data}value").text = value
    return x


def membership(jid):
    return ElementTree.Element(f"{{{MUC_NS}#admin}}item", affiliation="member", jid=jid)


async def ask(person, kind, namespace, payload=None):
    iq = person.make_iq(ito=ROOM, itype=kind)
    query = ElementTree.Element(f"{{{namespace}}}query")
    if payload is not None:
        query.append(payload)
    iq.append(query)
    return await iq.send(timeout=PATIENCE)


async def play(report):
    alice, bob = Person(USER1), Person(USER2)
    await asyncio.gather(alice.login(), bob.login())
    report["loggedIn"] = True
    report["mechanism"] = alice["feature_mechanisms"].mech.name
    report["encrypted"] = alice.transport.get_extra_info("ssl_object") is not None

    report["created"] = "201" in statuses(await alice.join("Alice"))
    await ask(alice, "set", f"{MUC_NS}#owner", form(f"{MUC_NS}#roomconfig", {}))
    await ask(alice, "set", f"{MUC_NS}#admin", membership(f"{USER2}@{DOMAIN}"))
    await bob.join("Bob")
    report["joined"] = True

    heard = bob.until(lambda s: s["body"] == "Hello, Bob")
    reflected = alice.until(lambda s: s["body"] == "Hello, Bob")
    alice.send_message(mto=ROOM, mbody="Hello, Bob", mtype="groupchat")
    heard, reflected = await asyncio.gather(heard, reflected)
    report["chatted"] = str(heard["from"]) == str(reflected["from"]) == f"{ROOM}/Alice"

    offered = await ask(bob, "get", REGISTER_NS)
    report["formOffered"] = any(f.get("var") == "muc#register_roomnick" for f in offered.xml.iter("{jabber:x:data}field"))
    await ask(bob, "set", REGISTER_NS, form(f"{MUC_NS}#register", {"muc#register_roomnick": "Robert"}))
    report["registered"] = True

    refusal = alice.until(lambda s: s["type"] == "error")
    alice.send_presence_with_tag("Robert", tagged=False)
    report["refused"] = (await refusal)["error"]["condition"]

    await asyncio.gather(alice.disconnect(), bob.disconnect())


async def main():
    report = {"client": f"slixmpp {slixmpp.__version__}"}
    try:
        await play(report)
    except (IqError, RuntimeError, OSError, asyncio.TimeoutError) as error:
        report["failure"] = f"{type(error).__name__}: {error}"
    print(json.dumps(report))
    return 1 if "failure" in report else 0


sys.exit(asyncio.run(main()))
