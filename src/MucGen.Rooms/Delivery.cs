using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>One stanza to one address. Whoever carries it out owns one lease on the payload and disposes of it.</summary>
/// <param name="Payload">The stanza, with a gap for its <c>to</c>.</param>
/// <param name="To">The recipient: a session's full JID, or a bare JID where the specification says so.</param>
public readonly record struct Delivery(Payload Payload, Jid To);
