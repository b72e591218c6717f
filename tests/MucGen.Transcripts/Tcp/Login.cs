using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using MucGen.Transcripts.Grammar;
using MucGen.Transcripts.Running;

namespace MucGen.Transcripts.Tcp;

/// <summary>Takes a connection from its first byte to a bound resource: STARTTLS, registration, SASL, binding.</summary>
internal sealed class Login(XmppConnection connection, TcpOptions options, DialogueLogin account)
{
    private static readonly XNamespace Tls = "urn:ietf:params:xml:ns:xmpp-tls";
    private static readonly XNamespace Sasl = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static readonly XNamespace Bind = "urn:ietf:params:xml:ns:xmpp-bind";
    private static readonly XNamespace Client = StanzaText.ClientNamespace;

    private readonly string user = account.BareJid.Split('@', 2)[0];
    private readonly string domain = account.BareJid.Split('@', 2)[^1];

    /// <summary>Logs in and returns the full address that was bound.</summary>
    public async Task<string> RunAsync(CancellationToken cancellation)
    {
        var features = await OpenAsync(cancellation);
        await AuthenticateAsync(features, cancellation);
        await connection.OpenStreamAsync(domain, cancellation);
        return await BindAsync(cancellation);
    }

    /// <summary>Creates the account on an unauthenticated stream; that it exists already is fine (XEP-0077 section 3.1).</summary>
    public async Task RegisterAsync(CancellationToken cancellation)
    {
        await OpenAsync(cancellation);
        await connection.WriteAsync(
            $"<iq type='set' id='register'><query xmlns='jabber:iq:register'><username>{SecurityElement.Escape(user)}</username>"
            + $"<password>{SecurityElement.Escape(account.Password)}</password></query></iq>",
            cancellation);
        var answer = await connection.ReadElementAsync(cancellation);
        var exists = answer.Descendants(XName.Get("conflict", "urn:ietf:params:xml:ns:xmpp-stanzas")).Any();
        if (answer.Attribute("type")?.Value != "result" && !exists)
            throw new DialogueEndedException($"the account {account.BareJid} cannot be registered: {answer}");
    }

    private async Task<XElement> OpenAsync(CancellationToken cancellation)
    {
        var features = await connection.OpenStreamAsync(domain, cancellation);
        if (!options.Tls)
            return features;
        if (features.Element(Tls + "starttls") is null)
            throw new DialogueEndedException("TLS is asked for, but the server does not offer STARTTLS");
        await connection.WriteAsync($"<starttls xmlns='{Tls}'/>", cancellation);
        var answer = await connection.ReadElementAsync(cancellation);
        if (answer.Name != Tls + "proceed")
            throw new DialogueEndedException($"the server does not proceed with TLS: {answer}");
        await connection.StartTlsAsync(domain, cancellation);
        return await connection.OpenStreamAsync(domain, cancellation);
    }

    private async Task AuthenticateAsync(XElement features, CancellationToken cancellation)
    {
        var offered = features.Elements(Sasl + "mechanisms").Elements(Sasl + "mechanism").Select(m => m.Value).ToList();
        var mechanism = new[] { "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN" }
            .FirstOrDefault(known => offered.Contains(known) && (options.Mechanism ?? known) == known)
            ?? throw new DialogueEndedException($"no SASL mechanism in common; the server offers: {string.Join(' ', offered)}");
        if (mechanism == "PLAIN")
            await PlainAsync(cancellation);
        else
            await ScramAsync(mechanism, cancellation);
    }

    private async Task PlainAsync(CancellationToken cancellation)
    {
        await SendAuthAsync("PLAIN", $"\0{user}\0{account.Password}", cancellation);
        Expect("success", await connection.ReadElementAsync(cancellation));
    }

    private async Task ScramAsync(string mechanism, CancellationToken cancellation)
    {
        var hash = mechanism == "SCRAM-SHA-1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        var scram = new ScramExchange(hash, user, account.Password);
        await SendAuthAsync(mechanism, scram.ClientFirst, cancellation);
        var challenge = Expect("challenge", await connection.ReadElementAsync(cancellation));
        var response = Base64(scram.Answer(challenge));
        await connection.WriteAsync($"<response xmlns='{Sasl}'>{response}</response>", cancellation);
        scram.Verify(Expect("success", await connection.ReadElementAsync(cancellation)));
    }

    private Task SendAuthAsync(string mechanism, string initial, CancellationToken cancellation) =>
        connection.WriteAsync($"<auth xmlns='{Sasl}' mechanism='{mechanism}'>{Base64(initial)}</auth>", cancellation);

    private string Expect(string name, XElement answer) => answer.Name == Sasl + name
        ? Encoding.UTF8.GetString(Convert.FromBase64String(answer.Value))
        : throw new DialogueEndedException($"{account.BareJid} cannot log in: {answer}");

    private async Task<string> BindAsync(CancellationToken cancellation)
    {
        var resource = account.Resource is null ? "" : $"<resource>{SecurityElement.Escape(account.Resource)}</resource>";
        await connection.WriteAsync($"<iq type='set' id='bind'><bind xmlns='{Bind}'>{resource}</bind></iq>", cancellation);
        var answer = await connection.ReadElementAsync(cancellation);
        return answer.Name == Client + "iq" && answer.Element(Bind + "bind")?.Element(Bind + "jid") is { } jid
            ? jid.Value
            : throw new DialogueEndedException($"{account.BareJid} cannot bind a resource: {answer}");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
