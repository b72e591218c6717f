using MucGen.Xml;

namespace MucGen.Server.Sessions;

/// <summary>
/// The rules for the served domain itself, its accounts and their sessions: RFC 6120 section 10 and RFC 6121 sections 2 to 5 and 8.
/// The router decides that an address is one of these; what then happens is decided behind this seam.
/// </summary>
/// <remarks>
/// Calls for one session come one after another, from its read loop; calls for different sessions come concurrently. The caller keeps its lease on
/// a stanza until the returned task ends; whoever keeps the stanza longer retains it.
/// </remarks>
public interface IAccountRouter
{
    /// <summary>A session was bound; it may now be found in the <see cref="SessionTable"/>. Called before the client is told.</summary>
    ValueTask BoundAsync(Session session, CancellationToken cancellationToken);

    /// <summary>
    /// A session is gone, however that came; it is in no table any more. Called exactly once a session. Its rooms are told by the session layer;
    /// presence subscribers and the other directed targets are this rule's to tell (RFC 6121 4.5.2, 4.6.3).
    /// </summary>
    ValueTask GoneAsync(Session session);

    /// <summary>
    /// A client's stanza for its own account (<paramref name="to"/> is null or its own bare address), the served domain (with or without a resource),
    /// or a local account or session. When it is an unavailable presence without <c>to</c>, the rooms have been told already. Addresses and stanza attributes have been checked; an iq has an id and a known type.
    /// </summary>
    ValueTask RouteAsync(Session sender, Stanza stanza, Jid? to, CancellationToken cancellationToken);

    /// <summary>
    /// A client's presence for an address that is no account here (a room, another domain), before it goes there: directed presence and subscription state
    /// are remembered. False when the stanza must not go on.
    /// </summary>
    ValueTask<bool> OutboundPresenceAsync(Session sender, Stanza presence, Jid to, CancellationToken cancellationToken);

    /// <summary>A client's message to a room, its service or an occupant, but not to everybody in a room, after it went there.</summary>
    ValueTask SentAsync(Session sender, Stanza message, Jid to, CancellationToken cancellationToken);

    /// <summary>A stanza from elsewhere (a room, the MUC service) for a local account or session that cannot be handed to a session directly.</summary>
    ValueTask DeliverAsync(Stanza stanza, Jid from, Jid to, CancellationToken cancellationToken);
}
