using MucGen.Protocol;
using MucGen.Server.Accounts;

namespace MucGen.Server.Features;

/// <summary>The session request of RFC 3921, which old clients still make and which has no meaning any more.</summary>
[Feature("urn:ietf:params:xml:ns:xmpp-session", Hidden = true)]
public static class LegacySession
{
    /// <summary>To the served domain.</summary>
    [OnIq(IqType.Set)]
    public static void OfDomain(DomainTurn turn, SessionView session) => turn.Acknowledge();

    /// <summary>Without an address.</summary>
    [OnIq(IqType.Set)]
    public static void OfAccount(AccountTurn turn, SessionView session) => turn.Acknowledge();
}
