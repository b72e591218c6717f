using MucGen.Protocol;
using MucGen.Server.Sessions;
using MucGen.Xml;

namespace MucGen.Simulation.Engine;

/// <summary>
/// Accounts as far as rooms need them: what is for a person goes to all of their sessions, and what cannot be delivered comes back
/// (RFC 6121 8.5.2). Rosters and presence between people are not simulated.
/// </summary>
internal sealed class SimulatedAccounts(SessionTable sessions, Lazy<IStanzaRouter> router) : IAccountRouter
{
    /// <inheritdoc/>
    public ValueTask BoundAsync(Session session, CancellationToken cancellationToken) => default;

    /// <inheritdoc/>
    public ValueTask GoneAsync(Session session) => default;

    /// <inheritdoc/>
    public ValueTask RouteAsync(Session sender, Stanza stanza, Jid? to, CancellationToken cancellationToken) => default;

    /// <inheritdoc/>
    public ValueTask<bool> OutboundPresenceAsync(Session sender, Stanza presence, Jid to, CancellationToken cancellationToken) => new(true);

    /// <inheritdoc/>
    public ValueTask SentAsync(Session sender, Stanza message, Jid to, CancellationToken cancellationToken) => default;

    /// <inheritdoc/>
    public ValueTask DeliverAsync(Stanza stanza, Jid from, Jid to, CancellationToken cancellationToken)
    {
        var found = sessions.Of(to.Bare);
        if (found.Count == 0 || stanza.Root.Key == IqView.Key)
            return StanzaError.MayAnswer(stanza.Root) ? BounceAsync(stanza, from, to) : default;
        foreach (var session in found)
            session.Send(stanza, from);
        return default;
    }

    private async ValueTask BounceAsync(Stanza stanza, Jid from, Jid to)
    {
        using var output = new PooledBufferWriter();
        StanzaError.Write(output, stanza.Root, to, from, StanzaErrorCondition.ServiceUnavailable);
        using var error = Stanza.Parse(output.WrittenSpan, ProtocolNames.Instance);
        await router.Value.SendAsync(error, to, from, CancellationToken.None);
    }
}
