using MucGen.Xml;

namespace MucGen.Rooms.Journal;

/// <summary>A ban by mask is in force from now on, in place of an earlier one of the same mask.</summary>
/// <param name="Mask">The mask, as <see cref="BanTarget"/> reads it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Terms">Who, when and until when.</param>
public sealed record MaskBanned(string Mask, string? Reason, SanctionTerms Terms) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        if (BanTarget.TryParse(Mask, out var target))
            room.Affiliations.Masks.Set(new BanRule(target, Reason, Terms));
    }

    internal static MaskBanned Of(BanRule rule) => new(rule.Target.Text, rule.Reason, rule.Terms!);
}

/// <summary>A ban by mask has ended: lifted by an admin, or by itself.</summary>
/// <param name="Mask">The mask.</param>
public sealed record MaskLifted(string Mask) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        if (BanTarget.TryParse(Mask, out var target))
            room.Affiliations.Masks.Remove(target);
    }
}

/// <summary>A person has no voice from now on, whether in the room or not, in place of an earlier mute.</summary>
/// <param name="BareJid">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Terms">Who did it, when and until when.</param>
public sealed record PersonMuted(Jid BareJid, string? Reason, SanctionTerms Terms) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room) => room.Mutes.Set(new Mute(BareJid, Reason, Terms));

    internal static PersonMuted Of(Mute mute) => new(mute.BareJid, mute.Reason, mute.Terms);
}

/// <summary>A person is muted no longer.</summary>
/// <param name="BareJid">Who.</param>
public sealed record MuteEnded(Jid BareJid) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room) => room.Mutes.Remove(BareJid);
}
