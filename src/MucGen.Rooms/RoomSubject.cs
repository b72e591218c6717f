using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>The subject of a room (XEP-0045 7.2.15, 8.1).</summary>
/// <param name="Content">The subject elements in every language, an empty one when it was cleared.</param>
/// <param name="Setter">The occupant JID of who set it, as of then.</param>
/// <param name="At">When.</param>
public sealed record RoomSubject(Markup Content, Jid Setter, DateTimeOffset At)
{
    /// <summary>The message that ends a join, composed once.</summary>
    internal Payload? Composed { get; set; }

    internal void Release()
    {
        Composed?.Dispose();
        Composed = null;
    }
}
