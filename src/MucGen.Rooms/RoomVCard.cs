namespace MucGen.Rooms;

/// <summary>A room's vCard, which holds its avatar (XEP-0486).</summary>
/// <param name="Card">The whole element, as the owner sent it.</param>
/// <param name="PhotoHashes">The SHA-1 hash of each image in it, in lower-case hexadecimal digits, in their order (XEP-0153 3.1).</param>
public sealed record RoomVCard(Markup Card, IReadOnlyList<string> PhotoHashes);
