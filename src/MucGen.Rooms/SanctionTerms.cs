using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>Who banned or silenced somebody, when, and until when.</summary>
/// <param name="Actor">The bare JID of the admin or moderator; null when it was nobody's decision.</param>
/// <param name="At">Since when it holds.</param>
/// <param name="Until">When it ends by itself; null for never.</param>
public sealed record SanctionTerms(Jid? Actor, DateTimeOffset At, DateTimeOffset? Until = null);
