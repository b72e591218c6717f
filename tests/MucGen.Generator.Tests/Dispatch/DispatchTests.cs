using MucGen.Protocol;
using MucGen.Xml;
using Xunit;

namespace MucGen.Generator.Tests.Dispatch;

/// <summary>Dispatch is emitted, compiled and run: what a stanza meets on its way through the handlers.</summary>
public sealed class DispatchTests : IClassFixture<DispatchTests.Compiled>
{
    private readonly Compiled compiled;

    public DispatchTests(Compiled compiled) => this.compiled = compiled;

    [Theory]
    [InlineData("<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>", true, "ping")]
    [InlineData("<iq type='set' id='1'><ping xmlns='urn:xmpp:ping'/></iq>", false, "")]
    [InlineData("<iq type='result' id='1'><ping xmlns='urn:xmpp:ping'/></iq>", false, "")]
    [InlineData("<iq type='get' id='1'><ping xmlns='urn:unknown'/></iq>", false, "")]
    [InlineData("<iq type='get' id='1'><query xmlns='jabber:iq:version'/></iq>", false, "")]
    [InlineData("<iq type='set' id='1'><query xmlns='http://jabber.org/protocol/muc#admin'><item nick='a' role='none'/></query></iq>", true, "admin 1")]
    [InlineData("<iq type='get' id='1'><query xmlns='http://jabber.org/protocol/muc#admin'><item role='none'/></query></iq>", true, "admin 1")]
    [InlineData("<iq type='get' id='1'><query xmlns='http://jabber.org/protocol/muc#admin'/></iq>", false, "admin 0")]
    [InlineData("<iq type='set' id='1'><query xmlns='http://jabber.org/protocol/muc#admin'><item role='king'/></query></iq>", true, "malformed item role BadRequest")]
    [InlineData("<iq type='set' id='1'><query xmlns='http://jabber.org/protocol/muc#admin'><item jid='@'/></query></iq>", true, "malformed item jid JidMalformed")]
    public void An_iq_meets_the_handler_of_its_type_and_payload(string xml, bool handled, string log)
    {
        using var stanza = Stanza.Parse(xml, ProtocolNames.Instance);
        Assert.True(IqView.TryRead(stanza.Root, out var iq, out _));
        var turn = compiled.NewTurn("ProbeTurn", stanza);

        Assert.Equal(handled, compiled.Extension.Iq(turn, iq.Type, stanza.Root.FirstChild));
        Assert.Equal(log, compiled.LogOf(turn));
    }

    [Theory]
    [InlineData("<message><body>hi</body></message>", false, "")]
    [InlineData("<message><x xmlns='http://jabber.org/protocol/muc#user'><password>s</password></x></message>", true, "first")]
    [InlineData("<message><x xmlns='http://jabber.org/protocol/muc#user'/></message>", true, "first;second")]
    [InlineData("<message><x xmlns='jabber:x:conference' jid='r@c'/><x xmlns='http://jabber.org/protocol/muc#user'/></message>", true, "direct r@c;first;second")]
    [InlineData("<message><x xmlns='http://jabber.org/protocol/muc#user'/><x xmlns='jabber:x:conference' jid='r@c'/></message>", true, "first;second")]
    [InlineData("<message><x xmlns='jabber:x:conference' jid='r@c'/></message>", false, "direct r@c")]
    [InlineData("<message><x xmlns='http://jabber.org/protocol/muc#user'><invite to='@'/></x></message>", true, "malformed invite to JidMalformed")]
    public void A_message_meets_the_handlers_of_its_payloads_in_their_order(string xml, bool handled, string log)
    {
        using var stanza = Stanza.Parse(xml, ProtocolNames.Instance);
        var turn = compiled.NewTurn("ProbeTurn", stanza);

        Assert.Equal(handled, compiled.Extension.Message(turn, stanza.Root));
        Assert.Equal(log, compiled.LogOf(turn));
    }

    [Theory]
    [InlineData("<presence><x xmlns='http://jabber.org/protocol/muc'/></presence>", true, "join")]
    [InlineData("<presence><show>away</show></presence>", false, "")]
    public void Presence_meets_the_handlers_of_its_payloads(string xml, bool handled, string log)
    {
        using var stanza = Stanza.Parse(xml, ProtocolNames.Instance);
        var turn = compiled.NewTurn("ProbeTurn", stanza);

        Assert.Equal(handled, compiled.Extension.Presence(turn, stanza.Root));
        Assert.Equal(log, compiled.LogOf(turn));
    }

    [Fact]
    public void Each_context_has_handlers_of_its_own()
    {
        using var stanza = Stanza.Parse("<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>", ProtocolNames.Instance);
        var turn = compiled.NewTurn("OtherTurn", stanza);

        Assert.True(compiled.Extension.Iq(turn, IqType.Get, stanza.Root.FirstChild));
        Assert.Equal("other ping", compiled.LogOf(turn));
        Assert.False(compiled.Extension.Message(turn, stanza.Root));
        Assert.False(compiled.Extension.Presence(turn, stanza.Root));
    }

    [Fact]
    public void Features_are_those_of_the_handlers_and_the_explicit_ones()
    {
        Assert.Equal(
            ["http://jabber.org/protocol/muc#admin", "urn:probe:explicit", "urn:xmpp:ping"],
            compiled.Extension.FeaturesOf(compiled.TypeOf("ProbeTurn")));
        Assert.Equal(["urn:probe:only-other", "urn:xmpp:ping"], compiled.Extension.FeaturesOf(compiled.TypeOf("OtherTurn")));
        Assert.Empty(compiled.Extension.FeaturesOf(typeof(string)));
    }

    [Fact]
    public void A_host_asks_its_extensions_in_order_and_the_first_that_handles_wins()
    {
        var silent = new SilentExtension();
        var host = new ProtocolHost(silent, compiled.Extension);
        using var stanza = Stanza.Parse("<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>", host.Names);
        var turn = compiled.NewTurn("ProbeTurn", stanza);

        Assert.True(host.Iq(turn, IqType.Get, stanza.Root.FirstChild));
        Assert.Equal("ping", compiled.LogOf(turn));
        Assert.Equal(1, silent.Asked);
        Assert.Equal(["http://jabber.org/protocol/muc#admin", "urn:probe:explicit", "urn:xmpp:ping"], host.FeaturesOf(compiled.TypeOf("ProbeTurn")));

        silent.Handles = true;
        Assert.True(host.Iq(turn, IqType.Get, stanza.Root.FirstChild));
        Assert.Equal("ping", compiled.LogOf(turn));
    }

    /// <summary>An extension that handles what it is told to.</summary>
    private sealed class SilentExtension : ProtocolExtension
    {
        public bool Handles { get; set; }

        public int Asked { get; private set; }

        public override bool Iq(StanzaTurn turn, IqType type, ElementView payload)
        {
            Asked++;
            return Handles;
        }
    }

    /// <summary>The shared sources, compiled once for all tests of the class.</summary>
    public sealed class Compiled : CompiledExtension
    {
        public Compiled()
            : base(DispatchSources.Usings + DispatchSources.Context + DispatchSources.Handlers)
        {
        }
    }
}
