using System.Globalization;
using MucGen.Server.Configuration;
using MucGen.Server.Tests.Hosting;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Commands;

/// <summary>A server with one admin, who gives commands to the domain.</summary>
internal sealed class AdminScene : IAsyncDisposable
{
    public const string Domain = "localhost";
    private const string Namespace = "http://jabber.org/protocol/commands";

    private int ids;

    private AdminScene(ServerInMemory server, PipeWire admin)
    {
        Server = server;
        Admin = admin;
    }

    public ServerInMemory Server { get; }

    public PipeWire Admin { get; }

    public static async Task<AdminScene> BeginAsync(TimeProvider? time = null)
    {
        var server = new ServerInMemory(new MucGenOptions { Admins = ["operator@localhost"] }, time);
        return new AdminScene(server, await server.LoginAsync("operator"));
    }

    /// <summary>Sends a request; the answer.</summary>
    public async Task<string> AskAsync(PipeWire wire, string to, string type, string payload)
    {
        await wire.SayAsync(string.Create(CultureInfo.InvariantCulture, $"<iq type='{type}' to='{to}' id='q{++ids}'>{payload}</iq>"), "</iq>");
        return wire.Sent;
    }

    /// <summary>Begins a command; the answer.</summary>
    public Task<string> ExecuteAsync(PipeWire wire, string node) =>
        AskAsync(wire, Domain, "set", $"<command xmlns='{Namespace}' node='{node}' action='execute'/>");

    /// <summary>Runs a command with a form as the admin; the last answer.</summary>
    public async Task<string> RunAsync(string action, params (string Field, string Value)[] fields)
    {
        var node = $"http://jabber.org/protocol/admin#{action}";
        var asked = await ExecuteAsync(Admin, node);
        Assert.Contains("status='executing'", asked, StringComparison.Ordinal);
        var start = asked.IndexOf("sessionid='", StringComparison.Ordinal) + "sessionid='".Length;
        var session = asked[start..asked.IndexOf('\'', start)];
        var values = fields.GroupBy(field => field.Field)
            .Select(field => $"<field var='{field.Key}'>{string.Concat(field.Select(value => $"<value>{value.Value}</value>"))}</field>");
        return await AskAsync(
            Admin,
            Domain,
            "set",
            $"<command xmlns='{Namespace}' node='{node}' sessionid='{session}'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/admin</value></field>{string.Concat(values)}</x></command>");
    }

    /// <summary>Tries to log in; what the server says to the password.</summary>
    public async Task<string> TryLoginAsync(string user, string password)
    {
        var wire = Server.Connect();
        await wire.SayAsync(StreamClient.Header, "</stream:features>");
        await wire.SayAsync($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{StreamClient.Base64($"\0{user}\0{password}")}</auth>", "urn:ietf:params:xml:ns:xmpp-sasl");
        return wire.Sent;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
