using System.Collections.Concurrent;
using System.Net;
using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Server.Configuration;
using MucGen.Server.Sessions;
using MucGen.Server.Streams;
using MucGen.Xml;

namespace MucGen.Server.Features;

/// <summary>In-band registration of who has not logged in (XEP-0077 3.1): which fields, then an account, any number of times a stream.</summary>
public sealed class RegistrationBeforeLogin(MucGenOptions options, AccountRegistry registry, TimeProvider time) : IPreLoginHandler, IStreamFeature
{
    private const string Instructions = "Choose a user name and a password.";
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, RegistrationCount> counts = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Handles(ElementView payload) => payload.Key == RegisterQueryView.Key;

    /// <summary>XEP-0077 section 8: offered where it works, before login.</summary>
    public void Write(ref XmppWriter writer, in StreamStage stage)
    {
        if (options.AllowRegistration && !stage.IsAuthenticated && stage.IsSecure)
            writer.Raw("<register xmlns='http://jabber.org/features/iq-register'/>"u8);
    }

    /// <inheritdoc/>
    public async ValueTask HandleAsync(PreLoginRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!options.AllowRegistration)
            Refuse(request, StanzaErrorCondition.ServiceUnavailable);
        else if (!request.IsSecure)
            Refuse(request, StanzaErrorCondition.PolicyViolation, "Encrypt the stream first.");
        else if (request.Stanza.Root.Attribute("type"u8).Equals("get"u8))
            TellFields(request);
        else if (TryReadAccount(request, out var account, out var fields))
            await CreateAsync(request, account, fields, cancellationToken);
    }

    private static void TellFields(PreLoginRequest request)
    {
        var writer = new XmppWriter(request.Output);
        WriteResultStart(ref writer, request);
        writer.Raw(">"u8);
        var query = RegisterQueryWriter.Start(ref writer);
        query.Instructions(Instructions);
        query.Username("");
        query.Password("");
        var form = RegisterFormWriter.Start(ref writer, FormType.Form, title: "Registration", instructions: Instructions);
        form.Username();
        form.Password();
        form.End();
        query.End();
        writer.Raw("</iq>"u8);
        writer.Flush();
    }

    private bool TryReadAccount(PreLoginRequest request, out Jid account, out RegistrationFields fields)
    {
        account = null!;
        fields = null!;
        if (!RegisterQueryView.TryRead(request.Stanza.Root.FirstChild, out var query, out var error))
            Refuse(request, error.Condition, error.ToString());
        else if (query.Remove)
            Refuse(request, StanzaErrorCondition.UnexpectedRequest, "Log in to remove an account.");
        else if (!RegistrationFields.TryRead(query, out fields))
            Refuse(request, StanzaErrorCondition.NotAcceptable, "Give a user name and a password.");
        else if (!Jid.TryParse($"{fields.Username}@{options.Domain}", out var jid, out _) || jid is not { Local: not null, IsBare: true } || jid.Domain != options.Domain)
            Refuse(request, StanzaErrorCondition.JidMalformed, "This cannot be a user name.");
        else
            account = jid;
        return account is not null;
    }

    private async ValueTask CreateAsync(PreLoginRequest request, Jid account, RegistrationFields fields, CancellationToken cancellationToken)
    {
        if (!MayRegister(request.PeerAddress))
        {
            Refuse(request, StanzaErrorCondition.ResourceConstraint, "Too many accounts from this address; try again later.");
            return;
        }

        switch (await registry.CreateAsync(account, fields.Password, cancellationToken))
        {
            case AccountChange.Done:
                Acknowledge(request);
                break;
            case AccountChange.AlreadyThere:
                Refuse(request, StanzaErrorCondition.Conflict);
                break;
            default:
                Refuse(request, StanzaErrorCondition.NotAcceptable, fields.ExplainPassword());
                break;
        }
    }

    /// <summary>Tries from one address are counted over an hour; this machine may do as it likes.</summary>
    private bool MayRegister(string peerAddress)
    {
        if (IPAddress.TryParse(peerAddress, out var ip) && IPAddress.IsLoopback(ip))
            return true;
        var now = time.GetUtcNow();
        foreach (var (address, old) in counts)
        {
            if (now - old.Since >= Period)
                counts.TryRemove(KeyValuePair.Create(address, old));
        }

        var count = counts.AddOrUpdate(
            peerAddress,
            static (_, at) => new RegistrationCount(at, 1),
            static (_, present, _) => present with { Tries = present.Tries + 1 },
            now);
        return count.Tries <= options.Limits.MaxRegistrationsPerHour;
    }

    private static void Acknowledge(PreLoginRequest request)
    {
        var writer = new XmppWriter(request.Output);
        WriteResultStart(ref writer, request);
        writer.Raw("/>"u8);
        writer.Flush();
    }

    private static void WriteResultStart(ref XmppWriter writer, PreLoginRequest request)
    {
        writer.Raw("<iq type='result'"u8);
        writer.Attribute("id"u8, request.Stanza.Root.Attribute("id"u8));
        writer.Attribute("from"u8, request.Stanza.Root.Attribute("to"u8));
    }

    private static void Refuse(PreLoginRequest request, StanzaErrorCondition condition, string? text = null)
    {
        var root = request.Stanza.Root;
        StanzaError.Write(request.Output, root, root.Attribute("to"u8), null, condition, null, text);
    }

    private readonly record struct RegistrationCount(DateTimeOffset Since, int Tries);
}
