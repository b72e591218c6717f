using System.Text.RegularExpressions;
using MucGen.Protocol;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>Requests from one occupant to another through the room (XEP-0045 17.4): to whom exactly they go.</summary>
public sealed class OccupantRequestTests
{
    private const string Owner = "romeo@users.example/a";
    private const string Other = "juliet@users.example/a";
    private const string Further = "juliet@users.example/b";

    private readonly TestRoom room = new();

    [Theory]
    [InlineData(RoomWhois.Moderators)]
    [InlineData(RoomWhois.Anyone)]
    [Proves("muc-17.4-06", "muc-17.4-11", "MC-0030-26")]
    public void Of_several_sessions_of_a_nick_one_is_asked_and_answers(RoomWhois whois)
    {
        Enter(whois);
        var asked = Assert.Single(Ask("<query xmlns='http://jabber.org/protocol/disco#info'/>"));
        Assert.Contains(asked.To.ToString(), new[] { Other, Further });
        Assert.Equal($"{TestRoom.Address}/Romeo", asked.From.ToString());

        var answer = Assert.Single(Answer(asked.To.ToString(), asked, "<query xmlns='http://jabber.org/protocol/disco#info'/>"));
        Assert.Equal(Owner, answer.To.ToString());
        Assert.StartsWith($"<iq to='{Owner}' type='result' id='q' from='{TestRoom.Address}/Juliet'", answer.Xml, StringComparison.Ordinal);
        Assert.Empty(Answer(asked.To.ToString(), asked with { Xml = asked.Xml.Replace("id='", "id='9", StringComparison.Ordinal) }, ""));
    }

    // What servers answer for accounts (XEP-0054, XEP-0292, XEP-0163) goes to the account.
    [Theory]
    [InlineData("<vCard xmlns='vcard-temp'/>")]
    [InlineData("<vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'/>")]
    [InlineData("<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:data'/></pubsub>")]
    [Proves("muc-17.4-10")]
    public void Requests_for_an_account_go_to_the_account(string payload)
    {
        Enter(RoomWhois.Moderators);
        var asked = Assert.Single(Ask(payload));
        Assert.Equal("juliet@users.example", asked.To.ToString());
        var answer = Assert.Single(Answer("juliet@users.example", asked, payload));
        Assert.Equal(Owner, answer.To.ToString());
        Assert.StartsWith($"<iq to='{Owner}' type='result' id='q' from='{TestRoom.Address}/Juliet'", answer.Xml, StringComparison.Ordinal);
    }

    private void Enter(RoomWhois whois)
    {
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig { Whois = whois });
        room.Join(Other, "Juliet");
        room.Join(Further, "Juliet");
    }

    private IReadOnlyList<Sent> Ask(string payload) => room.Send(Owner, $"<iq to='{TestRoom.Address}/Juliet' type='get' id='q'>{payload}</iq>");

    private IReadOnlyList<Sent> Answer(string from, Sent asked, string payload) => room.Send(
        from, $"<iq to='{asked.From}' type='result' id='{Regex.Match(asked.Xml, " id='([^']*)'").Groups[1].Value}'>{payload}</iq>");
}
