using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>What a client's presence says that others may hear: availability and extensions (XEP-0045 7.7, 17.3).</summary>
internal readonly struct PresenceContent
{
    private PresenceContent(Markup markup, int priority, string? language)
    {
        Markup = markup;
        Priority = priority;
        Language = language;
    }

    public Markup Markup { get; }

    public int Priority { get; }

    public string? Language { get; }

    /// <summary>What the room says for a client that cannot speak any more: a status text.</summary>
    public static PresenceContent OfStatus(string? status)
    {
        if (status is null)
            return default;
        using var kept = new PooledBufferWriter();
        var writer = new XmppWriter(kept);
        writer.TextElement("status"u8, status);
        writer.Flush();
        return new PresenceContent(new Markup(kept.WrittenSpan.ToArray()), 0, null);
    }

    /// <summary>What the room shows of a session's availability: in some rooms visitors have no status text.</summary>
    public static Markup ShownOf(Room room, OccupantSession session)
    {
        if (room.Config.ShowsVisitorStatus || session.Occupant.Role != MucRole.Visitor)
            return session.Presence;
        using var presence = Stanza.Parse($"<presence>{session.Presence}</presence>", room.Policy.Protocol.Names);
        using var kept = new PooledBufferWriter();
        var writer = new XmppWriter(kept);
        foreach (var child in presence.Root.Children)
        {
            if (!child.LocalName.SequenceEqual("status"u8) || !child.Namespace.SequenceEqual(presence.Root.Namespace))
                writer.Element(child);
        }
        writer.Flush();
        return new Markup(kept.WrittenSpan.ToArray());
    }

    /// <summary>Reads the turn's presence; a refusal when it is larger than the service lets everybody pay for (14.6).</summary>
    public static Refusal? Read(RoomTurn turn, out PresenceContent content)
    {
        var root = turn.Root;
        using var kept = new PooledBufferWriter();
        var writer = new XmppWriter(kept);
        foreach (var child in root.Children)
        {
            if (child.Key != StanzaErrorView.Key && PassedOn.Contains(turn, child))
                writer.Element(child);
        }
        writer.Flush();
        if (kept.WrittenSpan.Length > turn.Policy.MaxPresenceBytes)
        {
            content = default;
            return TooLarge;
        }
        var priority = 0;
        if (PresenceView.TryRead(root, out var presence, out _))
            priority = presence.Priority ?? 0;
        content = new PresenceContent(
            new Markup(kept.WrittenSpan.ToArray()), priority, root.Attribute("xml:lang"u8).ToStringOrNull());
        return null;
    }

    private static readonly Refusal TooLarge =
        new(StanzaErrorCondition.PolicyViolation, StanzaErrorType.Modify, "This presence is too large for a room.");
}
