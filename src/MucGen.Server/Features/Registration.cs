using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Server.Configuration;
using MucGen.Xml;

namespace MucGen.Server.Features;

/// <summary>
/// In-band registration of who has logged in (XEP-0077): what is on file, a new password, the end of the account. An option, off by default: then nothing is
/// offered, a request for the fields is answered as by a server that does not know them, and changes are not allowed.
/// </summary>
[Feature(Namespace)]
public static class Registration
{
    /// <summary>The namespace of the requests, and the feature.</summary>
    public const string Namespace = "jabber:iq:register";

    /// <summary>To the served domain: what is on file.</summary>
    [OnIq(IqType.Get)]
    public static void GetFromDomain(DomainTurn turn, RegisterQueryView query) => Get(turn);

    /// <summary>To the served domain: a change.</summary>
    [OnIq(IqType.Set)]
    public static void SetAtDomain(DomainTurn turn, RegisterQueryView query) => Set(turn, query);

    /// <summary>To one's own account: what is on file.</summary>
    [OnIq(IqType.Get)]
    public static void GetFromAccount(AccountTurn turn, RegisterQueryView query)
    {
        if (turn.IsOwner)
            Get(turn);
        else
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
    }

    /// <summary>To one's own account: a change.</summary>
    [OnIq(IqType.Set)]
    public static void SetAtAccount(AccountTurn turn, RegisterQueryView query)
    {
        if (turn.IsOwner)
            Set(turn, query);
        else
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
    }

    /// <summary>Whether discovery shows a feature: all but registration while it is off.</summary>
    internal static bool IsOffered(MucGenOptions options, string feature) => options.AllowRegistration || feature != Namespace;

    private static void Get(ServerTurn turn)
    {
        if (!turn.Services.Options.AllowRegistration)
        {
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
            return;
        }

        // XEP-0077 3.1: what is on file, but for the password.
        var writer = turn.StartResult();
        var query = RegisterQueryWriter.Start(ref writer);
        query.Registered();
        query.Username(turn.From.Local);
        query.Password("");
        query.End();
        turn.EndResult(ref writer);
    }

    private static void Set(ServerTurn turn, RegisterQueryView query)
    {
        if (!turn.Services.Options.AllowRegistration)
            turn.Refuse(StanzaErrorCondition.NotAllowed);
        else if (query.Remove)
            Remove(turn, query);
        else
            ChangePassword(turn, query);
    }

    /// <summary>3.2: the result comes first, so that the client knows; then its streams end with not-authorized.</summary>
    private static void Remove(ServerTurn turn, RegisterQueryView query)
    {
        var children = 0;
        foreach (var _ in query.Element.Children)
            children++;
        if (children != 1)
        {
            turn.Refuse(StanzaErrorCondition.BadRequest, null, "A removal holds nothing else.");
            return;
        }

        var deletion = turn.Services.Deletion;
        turn.Acknowledge();
        turn.Later(reply => deletion.DeleteAsync(reply.Sender.Bare, CancellationToken.None));
    }

    /// <summary>3.3: only one's own, and never to nothing. Errors do not repeat the request, which holds the password.</summary>
    private static void ChangePassword(ServerTurn turn, RegisterQueryView query)
    {
        if (!RegistrationFields.TryRead(query, out var fields) || !fields.IsFor(turn.From.Bare))
        {
            turn.Refuse(StanzaErrorCondition.BadRequest, null, "Give your own user name and the new password.");
            return;
        }

        var registry = turn.Services.Registry;
        turn.Later(async reply =>
        {
            switch (await registry.SetPasswordAsync(reply.Sender.Bare, fields.Password, CancellationToken.None))
            {
                case AccountChange.Done:
                    reply.Acknowledge();
                    break;
                case AccountChange.BadPassword:
                    reply.Refuse(StanzaErrorCondition.NotAcceptable, null, fields.ExplainPassword());
                    break;
                default:
                    reply.Refuse(StanzaErrorCondition.RegistrationRequired);
                    break;
            }
        });
    }
}
