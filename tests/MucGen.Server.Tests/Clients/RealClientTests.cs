using System.Text.Json;

namespace MucGen.Server.Tests.Clients;

/// <summary>Clients that people use log in, join, talk, register a nick, and are refused a reserved one.</summary>
[Collection(DaemonCollection.Name)]
public class RealClientTests(DaemonFixture daemon)
{
    [SlixmppFact]
    public async Task Slixmpp_over_tls()
    {
        var found = await ClientProgram.Slixmpp.PlayAsync(daemon, "slixmpp");
        UsedTheRoom(found);
        Assert.True(found.GetProperty("encrypted").GetBoolean());
        Assert.StartsWith("SCRAM-", found.GetProperty("mechanism").GetString(), StringComparison.Ordinal);
    }

    [XmppJsFact]
    public async Task Xmpp_js_over_plain_loopback()
    {
        var found = await ClientProgram.XmppJs.PlayAsync(daemon, "xmpp-js");
        UsedTheRoom(found);
        Assert.False(found.GetProperty("encrypted").GetBoolean());
    }

    private static void UsedTheRoom(JsonElement found)
    {
        Assert.False(found.TryGetProperty("failure", out var failure), failure.ToString());
        foreach (var step in new[] { "loggedIn", "created", "joined", "chatted", "formOffered", "registered" })
            Assert.True(found.GetProperty(step).GetBoolean(), step);
        Assert.Equal("conflict", found.GetProperty("refused").GetString());
    }
}
