namespace MucGen.Rooms;

/// <summary>What a room calls some of its people beside their role and affiliation: the teacher, the scribe (XEP-0317).</summary>
/// <param name="Uri">An absolute URI, which tells hats apart.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Hue">The angle of its colour, in degrees; null for any.</param>
/// <param name="Language">The language of the title; null when nobody said it.</param>
public sealed record Hat(string Uri, string Title, string? Hue = null, string? Language = null);
