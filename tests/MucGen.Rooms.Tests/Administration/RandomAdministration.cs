using System.Globalization;
using MucGen.Rooms.Tests.Core;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>Arbitrary but reproducible requests of people who may or may not, against a room that others enter and leave.</summary>
internal sealed class RandomAdministration(int seed)
{
    private static readonly string[] People = ["romeo@montague.example", "juliet@capulet.example", "nurse@capulet.example", "tybalt@capulet.example"];
    private static readonly string[] Nicks = ["Romeo", "Juliet", "Nurse", "Tybalt"];
    private static readonly string[] Affiliations = ["outcast", "none", "member", "admin", "owner"];
    private static readonly string[] Roles = ["none", "visitor", "participant", "moderator"];

    private readonly Random random = new(seed);

    /// <summary>Makes a room with an owner, and lets everybody in.</summary>
    public static TestRoom Open()
    {
        var room = new TestRoom();
        room.Join(Full(0), Nicks[0]);
        room.Configure(new RoomConfig { IsPersistent = true });
        for (var i = 1; i < People.Length; i++)
            room.Join(Full(i), Nicks[i]);
        return room;
    }

    public IReadOnlyList<Sent> Step(TestRoom room)
    {
        room.Now += TimeSpan.FromSeconds(random.Next(100));
        var person = random.Next(People.Length);
        return random.Next(12) switch
        {
            < 5 => room.Send(Full(person), Iq("muc#admin", Items())),
            5 or 6 => room.Join(Full(person), Nicks[person]),
            7 => room.Send(Full(person), Iq("muc#owner", Form())),
            8 => room.Send(Full(person), $"<message to='{TestRoom.Address}' id='i'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='{Pick(People)}'/></x></message>"),
            9 => room.Send(Full(person), $"<message to='{TestRoom.Address}' id='d'><x xmlns='http://jabber.org/protocol/muc#user'><decline to='{Pick(People)}'/></x></message>"),
            10 => room.Send(Full(person), Voice()),
            _ => room.Send(Full(person), $"<presence to='{TestRoom.Address}/{Nicks[person]}' type='unavailable'/>"),
        };
    }

    private static string Full(int person) => People[person] + "/a";

    private static string Iq(string query, string content) =>
        $"<iq to='{TestRoom.Address}' type='set' id='s'><query xmlns='http://jabber.org/protocol/{query}'>{content}</query></iq>";

    private string Items()
    {
        var items = "";
        for (var count = 1 + random.Next(3); count > 0; count--)
            items += Item();
        return items;
    }

    private string Item() => random.Next(8) switch
    {
        < 3 => $"<item nick='{Pick(Nicks)}' role='{Pick(Roles)}'/>",
        3 => $"<item jid='{Pick(People)}' affiliation='{Pick(Affiliations)}' nick='{Pick(Nicks)}'><reason>because</reason></item>",
        4 => $"<item nick='{Pick(Nicks)}' affiliation='{Pick(Affiliations)}'/>",
        5 when random.Next(3) == 0 => $"<item jid='capulet.example' affiliation='{Pick(Affiliations)}'/>",
        _ => $"<item jid='{Pick(People)}' affiliation='{Pick(Affiliations)}'/>",
    };

    private string Form()
    {
        var fields = "";
        if (random.Next(2) == 0)
            fields += Field("muc#roomconfig_membersonly", random.Next(4) == 0 ? "1" : "0");
        if (random.Next(2) == 0)
            fields += Field("muc#roomconfig_whois", random.Next(2) == 0 ? "anyone" : "moderators");
        if (random.Next(2) == 0)
            fields += Field("muc#roomconfig_moderatedroom", random.Next(2) == 0 ? "true" : "false");
        if (random.Next(3) == 0)
            fields += Field("muc#roomconfig_presencebroadcast", random.Next(2) == 0 ? ["moderator", "participant"] : ["moderator", "participant", "visitor"]);
        if (random.Next(4) == 0)
            fields += Field("muc#roomconfig_roomowners", Some());
        if (random.Next(4) == 0)
            fields += Field("muc#roomconfig_roomadmins", Some());
        return $"<x xmlns='jabber:x:data' type='submit'>{Field("FORM_TYPE", "http://jabber.org/protocol/muc#roomconfig")}{fields}</x>";
    }

    private string Voice() =>
        $"<message to='{TestRoom.Address}' id='v'><x xmlns='jabber:x:data' type='submit'>{Field("FORM_TYPE", "http://jabber.org/protocol/muc#request")}{Field("muc#role", "participant")}</x></message>";

    private string[] Some() => [.. People.Where(_ => random.Next(2) == 0)];

    private static string Field(string name, params string[] values) =>
        string.Create(CultureInfo.InvariantCulture, $"<field var='{name}'>{string.Concat(values.Select(value => $"<value>{value}</value>"))}</field>");

    private string Pick(string[] of) => of[random.Next(of.Length)];
}
