using System.Globalization;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Tests.Core;

/// <summary>Arbitrary but reproducible clients: few people, few nicks and every kind of stanza, so that they get in each other's way.</summary>
internal sealed class RandomDialogue(int seed)
{
    private static readonly string[] People = ["romeo", "juliet", "nurse", "tybalt"];
    private static readonly string[] Resources = ["a", "b"];
    private static readonly string[] Nicks = ["Romeo", "Juliet", "thirdwitch"];

    private readonly Random random = new(seed);

    public string Person() => $"{Pick(People)}@users.example/{Pick(Resources)}";

    public void Configure(TestRoom room) => room.Configure(new RoomConfig
    {
        IsModerated = Chance(3),
        IsMembersOnly = Chance(5),
        IsPersistent = Chance(2),
        Whois = Chance(3) ? RoomWhois.Anyone : RoomWhois.Moderators,
        PresenceBroadcast = Chance(4) ? RoleSet.Moderator | RoleSet.Participant : RoleSet.All,
        AllowPm = (AllowPm)random.Next(4),
        MaxHistoryFetch = random.Next(4),
    });

    public IReadOnlyList<Sent> Step(TestRoom room)
    {
        room.Now += TimeSpan.FromSeconds(random.Next(100));
        var who = Person();
        var nick = Pick(Nicks);
        var to = $"{TestRoom.Address}/{nick}";
        return random.Next(16) switch
        {
            < 4 => room.Send(who, $"<presence to='{to}' id='j'><x xmlns='http://jabber.org/protocol/muc'>{History()}</x>{Content()}</presence>"),
            4 or 5 => room.Send(who, $"<presence to='{to}'>{Content()}</presence>"),
            6 => room.Send(who, $"<presence to='{to}' type='unavailable'>{Content()}</presence>"),
            7 or 8 => room.Say(who, $"text {random.Next(100)}"),
            9 => room.Send(who, $"<message to='{TestRoom.Address}' type='groupchat'><subject>s{random.Next(9)}</subject></message>"),
            10 => room.Send(who, $"<message to='{to}' type='chat'><body>psst</body></message>"),
            11 => room.Send(who, $"<iq to='{TestRoom.Address}' type='set' id='r'><query xmlns='jabber:iq:register'>{Registration(nick)}</query></iq>"),
            12 => room.Send(who, $"<iq to='{to}' type='get' id='v'><vCard xmlns='vcard-temp'/></iq>"),
            13 => room.Send(who, $"<message to='{TestRoom.Address}' type='error'><error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"),
            14 => room.Decide(RoomInput.SessionGone(Jid.Parse(who), "Disconnected")),
            _ => Rarely(room, who),
        };
    }

    private IReadOnlyList<Sent> Rarely(TestRoom room, string who)
    {
        switch (random.Next(6))
        {
            case 0:
                return room.Decide(RoomInput.Shutdown());
            case 1:
                return room.Decide(RoomInput.AccountDeleted(Jid.Parse(who).Bare));
            case 2:
                return room.Decide(RoomInput.Restored([Jid.Parse(who)]));
            case 3:
                return room.Decide(RoomInput.TimerDue(RoomTimerKind.Empty));
            default:
                if (room.Room.Exists)
                    Configure(room);
                return [];
        }
    }

    private string Content() => random.Next(4) switch
    {
        0 => "<show>away</show><priority>5</priority>",
        1 => "<priority>-1</priority><status>busy</status>",
        2 => "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='n' ver='v'/><x xmlns='http://jabber.org/protocol/muc#user'><item jid='forged@users.example/f'/></x>",
        _ => "",
    };

    private string History() => Chance(3) ? $"<history maxstanzas='{random.Next(5)}' seconds='{random.Next(500)}' maxchars='{random.Next(2000)}'/>" : "";

    private string Registration(string nick) => Chance(3)
        ? "<remove/>"
        : "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>"
            + string.Create(CultureInfo.InvariantCulture, $"<field var='muc#register_roomnick'><value>{nick}</value></field></x>");

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private string Pick(string[] of) => of[random.Next(of.Length)];
}
