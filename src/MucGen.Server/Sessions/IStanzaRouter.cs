using MucGen.Xml;

namespace MucGen.Server.Sessions;

/// <summary>Brings stanzas to whoever owns their <c>to</c>: the domain, an account, the MUC service, a room.</summary>
public interface IStanzaRouter
{
    /// <summary>
    /// Routes what a bound session sent; the sender is the session, whatever the stanza's own <c>from</c> says. Waits while the owner's mailbox is full,
    /// which stops the sender's read loop. The caller keeps its lease.
    /// </summary>
    ValueTask RouteAsync(Session sender, Stanza stanza, CancellationToken cancellationToken);

    /// <summary>Routes what the server sends on behalf of an account or of itself. Errors that come of it go to <paramref name="from"/>.</summary>
    ValueTask SendAsync(Stanza stanza, Jid from, Jid to, CancellationToken cancellationToken);
}
