using MucGen.Protocol;
using MucGen.Server.Accounts;

namespace MucGen.Server.Features;

/// <summary>Whether the server and an account are there (XEP-0199 section 4.2).</summary>
[Feature("urn:xmpp:ping")]
public static class Ping
{
    /// <summary>The served domain.</summary>
    [OnIq(IqType.Get)]
    public static void Domain(DomainTurn turn, PingView ping) => turn.Acknowledge();

    /// <summary>An account.</summary>
    [OnIq(IqType.Get)]
    public static void Account(AccountTurn turn, PingView ping) => turn.Acknowledge();
}
