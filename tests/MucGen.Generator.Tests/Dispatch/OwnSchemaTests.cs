using MucGen.Protocol;
using MucGen.Xml;
using Xunit;

namespace MucGen.Generator.Tests.Dispatch;

/// <summary>
/// An application's handler takes a view that is emitted from the application's own schema in the same build, where neither pipeline sees the
/// other's output.
/// </summary>
public sealed class OwnSchemaTests
{
    private const string Schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:mg="urn:mucgen:schema" targetNamespace="urn:probe:wave" xmlns="urn:probe:wave"
                   elementFormDefault="qualified" mg:spec="Probe" mg:version="1">
          <xs:element name="wave">
            <xs:complexType>
              <xs:attribute name="times" type="xs:int" use="required"/>
            </xs:complexType>
          </xs:element>
        </xs:schema>
        """;

    private const string Handler = """
        [Feature("urn:probe:wave")]
        public static class Waves
        {
            [OnIq(IqType.Set)]
            public static void Wave(ProbeTurn turn, WaveView wave) => turn.Log.Add("waved " + wave.Times);

            [OnMessage]
            public static bool Passing(ProbeTurn turn, WaveView wave) { turn.Log.Add("passing"); return wave.Times > 1; }
        }
        """;

    [Fact]
    public void A_view_that_is_emitted_in_the_same_build_is_dispatched()
    {
        using var compiled = new CompiledExtension(DispatchSources.Usings + DispatchSources.Context + Handler, ("wave.xsd", Schema));
        var host = new ProtocolHost(compiled.Extension);
        using var stanza = Stanza.Parse("<iq type='set' id='1'><wave xmlns='urn:probe:wave' times='3'/></iq>", host.Names);
        var turn = compiled.NewTurn("ProbeTurn", stanza);

        Assert.True(host.Iq(turn, IqType.Set, stanza.Root.FirstChild));
        Assert.Equal("waved 3", compiled.LogOf(turn));
        Assert.Equal(["urn:probe:wave"], host.FeaturesOf(compiled.TypeOf("ProbeTurn")));
    }

    [Fact]
    public void The_hosts_names_are_those_of_the_server_and_of_the_application()
    {
        using var compiled = new CompiledExtension(DispatchSources.Usings + DispatchSources.Context + Handler, ("wave.xsd", Schema));
        var host = new ProtocolHost(compiled.Extension);
        using var stanza = Stanza.Parse("<message><wave xmlns='urn:probe:wave'/><x xmlns='http://jabber.org/protocol/muc#user'/></message>", host.Names);

        Assert.NotEqual(ElementKey.None, stanza.Root.FirstChild.Key);
        Assert.True(stanza.Root.HasChild(MucUserView.Key));
        var turn = compiled.NewTurn("ProbeTurn", stanza);
        Assert.True(host.Message(turn, stanza.Root));
        Assert.Equal("malformed wave times BadRequest", compiled.LogOf(turn));
    }
}
