using MucGen.Protocol;
using MucGen.Server.Accounts;

namespace MucGen.Server.Features;

/// <summary>
/// Copies for the other sessions of an account (XEP-0280). A session has them from when it asks until it says otherwise or ends; what is copied is in
/// <see cref="MessageCopies"/>. Errors are not, for nobody keeps track of what they answer, so that the feature for all rules (6.2) is not announced.
/// </summary>
[Feature("urn:xmpp:carbons:2")]
[Feature("urn:xmpp:carbons:2", Context = typeof(DomainTurn))]
public static class Carbons
{
    /// <summary>From now on (section 4); asking twice is no error.</summary>
    [OnIq(IqType.Set)]
    public static void Enable(AccountTurn turn, CarbonsEnableView enable) => Set(turn, true);

    /// <summary>No more (section 5).</summary>
    [OnIq(IqType.Set)]
    public static void Disable(AccountTurn turn, CarbonsDisableView disable) => Set(turn, false);

    private static void Set(AccountTurn turn, bool getsCopies)
    {
        if (turn.Sender is { } session)
            session.GetsCopies = getsCopies;
        turn.Acknowledge();
    }
}
