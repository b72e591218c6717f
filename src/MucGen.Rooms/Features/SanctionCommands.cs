using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>An admin bans for good or for a time; unlike a request of muc#admin, by mask too.</summary>
internal sealed class BanCommand() : Command<RoomTurn>("ban", "Ban a person, a domain or a mask")
{
    public override bool IsFor(RoomTurn turn) => AffiliationChangeRules.CheckRight(turn.Room.AffiliationOf(turn.From)) is null;

    public override StanzaContent Form(RoomTurn turn) => static (ref writer) =>
    {
        var form = RoomBanFormWriter.Start(ref writer, FormType.Form, title: "Ban");
        form.Target(required: true);
        form.Reason();
        form.Minutes(0);
        form.End();
    };

    public override CommandOutcome Run(RoomTurn turn, DataFormView form)
    {
        if (!RoomBanFormView.TryRead(form, out var fields, out var error))
            return CommandOutcome.BadPayload(error);
        if (!BanTarget.TryParse(fields.Target.ToString(), out var target))
            return CommandOutcome.BadPayload("An address, a domain or a mask is needed.");
        var actor = Actor.Of(turn);
        if (Banning.Check(turn.Room, actor, target) is { } refusal)
            return SanctionForms.Refused(refusal);
        var terms = SanctionForms.Terms(turn, actor, fields.Minutes);
        Banning.Apply(turn, new BanRule(target, SanctionForms.Reason(fields.Reason), terms), actor);
        return CommandOutcome.Done($"{target} is banned.");
    }
}

/// <summary>A moderator takes voice from somebody for good or for a time, over all visits.</summary>
internal sealed class MuteCommand() : Command<RoomTurn>("mute", "Mute a person")
{
    public override bool IsFor(RoomTurn turn) => SanctionForms.MayMute(turn);

    public override StanzaContent Form(RoomTurn turn) => static (ref writer) =>
    {
        var form = RoomMuteFormWriter.Start(ref writer, FormType.Form, title: "Mute");
        form.Nick();
        form.Jid();
        form.Reason();
        form.Minutes(0);
        form.End();
    };

    public override CommandOutcome Run(RoomTurn turn, DataFormView form)
    {
        if (!RoomMuteFormView.TryRead(form, out var fields, out var error))
            return CommandOutcome.BadPayload(error);
        if (FindPerson(turn.Room, fields, out var person) is { } nobody)
            return nobody;
        var actor = Actor.Of(turn);
        if (Muting.Check(turn.Room, actor, person!) is { } refusal)
            return SanctionForms.Refused(refusal);
        Muting.Apply(turn, new Mute(person!, SanctionForms.Reason(fields.Reason), SanctionForms.Terms(turn, actor, fields.Minutes)), actor);
        return CommandOutcome.Done($"{person} is mute.");
    }

    // By nick or by address, not by both, which may be two persons.
    private static CommandOutcome? FindPerson(Room room, in RoomMuteFormView fields, out Jid? person)
    {
        person = null;
        var hasNick = fields.Nick is { IsPresent: true, IsEmpty: false };
        if (hasNick == fields.Jid.IsPresent)
            return CommandOutcome.BadPayload("Either a nickname or an address is needed.");
        if (!hasNick)
        {
            person = fields.Jid.ToJid()!.Bare;
            return person.Local is null ? CommandOutcome.BadPayload("The address of a person is needed.") : null;
        }

        if (Jid.TryPrepareResource(fields.Nick.ToString(), out var nick, out _))
            person = room.Occupants.Find(nick)?.BareJid;
        return person is null ? CommandOutcome.Refused(StanzaErrorCondition.ItemNotFound, "Nobody here has that nick.") : null;
    }
}

/// <summary>Every ban and mute in force, with reason, actor and end: all to admins, the mutes to moderators.</summary>
internal sealed class SanctionsCommand() : Command<RoomTurn>("sanctions", "List bans and mutes")
{
    private static readonly (string, string, FormFieldType)[] Columns =
    [
        ("kind", "Kind", FormFieldType.TextSingle),
        ("target", "Whom", FormFieldType.TextSingle),
        ("reason", "Reason", FormFieldType.TextSingle),
        ("actor", "By", FormFieldType.TextSingle),
        ("since", "Since", FormFieldType.TextSingle),
        ("until", "Until", FormFieldType.TextSingle),
    ];

    public override bool IsFor(RoomTurn turn) => SanctionForms.MayMute(turn);

    public override CommandOutcome Run(RoomTurn turn, DataFormView form)
    {
        var room = turn.Room;
        var seesBans = room.AffiliationOf(turn.From) >= MucAffiliation.Admin;
        return CommandOutcome.Done(result: (ref writer) =>
        {
            var list = FormTable.Start(ref writer, Columns);
            foreach (var rule in seesBans ? BanRule.Of(room) : [])
                WriteRow(ref list, "ban"u8, rule.Target.Text, rule.Reason, rule.Terms);
            foreach (var mute in room.Mutes.All)
                WriteRow(ref list, "mute"u8, mute.BareJid.ToString(), mute.Reason, mute.Terms);
            list.End();
        });
    }

    private static void WriteRow(ref DataFormWriter list, ReadOnlySpan<byte> kind, string target, string? reason, SanctionTerms? terms)
    {
        var row = list.StartItem();
        row.Cell("kind", kind);
        row.Cell("target", target);
        row.Cell("reason", reason);
        row.Cell("actor", terms?.Actor?.ToString());
        row.Cell("since", Instant(terms?.At));
        row.Cell("until", Instant(terms?.Until));
        row.End();
    }

    private static string? Instant(DateTimeOffset? at) => at is { } known ? Instants.ToText(known) : null;
}

/// <summary>Ends bans and mutes before their time: bans by admins, mutes by moderators; all that the form names or none.</summary>
internal sealed class LiftCommand() : Command<RoomTurn>("lift", "Lift bans and mutes")
{
    public override bool IsFor(RoomTurn turn) => SanctionForms.MayMute(turn);

    public override StanzaContent Form(RoomTurn turn) => static (ref writer) =>
    {
        var form = RoomLiftFormWriter.Start(ref writer, FormType.Form, title: "Lift bans and mutes");
        form.Bans();
        form.Mutes();
        form.End();
    };

    public override CommandOutcome Run(RoomTurn turn, DataFormView form)
    {
        if (!RoomLiftFormView.TryRead(form, out var fields, out var error))
            return CommandOutcome.BadPayload(error);
        var actor = Actor.Of(turn);
        if (ReadBans(turn.Room, fields, out var bans) is { } noBan)
            return noBan;
        if (bans.Count > 0 && AffiliationChangeRules.CheckRight(actor.Affiliation) is { } refusal)
            return SanctionForms.Refused(refusal);
        if (ReadMutes(turn.Room, actor, fields, out var mutes) is { } noMute)
            return noMute;

        foreach (var ban in bans)
            Banning.Lift(turn, ban, actor);
        foreach (var person in mutes)
            Muting.Lift(turn, person, actor.Occupant);
        return CommandOutcome.Done(bans.Count + mutes.Count == 1 ? "1 lifted." : $"{bans.Count + mutes.Count} lifted.");
    }

    private static CommandOutcome? ReadBans(Room room, in RoomLiftFormView fields, out HashSet<BanRule> bans)
    {
        bans = [];
        foreach (var text in fields.Bans)
        {
            if (text.IsEmpty)
                continue;
            if (!BanTarget.TryParse(text.ToString(), out var target) || BanRule.Find(room, target) is not { } rule)
                return NotInForce;
            bans.Add(rule);
        }
        return null;
    }

    // Whoever may not mute a person may not give them voice back either.
    private static CommandOutcome? ReadMutes(Room room, in Actor actor, in RoomLiftFormView fields, out HashSet<Jid> mutes)
    {
        mutes = [];
        foreach (var text in fields.Mutes)
        {
            if (room.Mutes.Find(text.ToJid()!.Bare) is not { } mute)
                return NotInForce;
            if (Muting.Check(room, actor, mute.BareJid) is { } refusal)
                return SanctionForms.Refused(refusal);
            mutes.Add(mute.BareJid);
        }
        return null;
    }

    private static readonly CommandOutcome NotInForce =
        CommandOutcome.Refused(StanzaErrorCondition.ItemNotFound, "There is no such ban or mute; nothing was lifted.");
}

/// <summary>What the commands about bans and mutes share.</summary>
internal static class SanctionForms
{
    /// <summary>Whether the requester may take voice from anybody: a moderator, or an admin wherever they are.</summary>
    public static bool MayMute(RoomTurn turn)
    {
        var actor = Actor.Of(turn);
        return RoleChangeRules.CheckRight(actor.Affiliation, actor.IsModerator) is null;
    }

    /// <summary>Terms from now on, for so many minutes; for good when there are none.</summary>
    public static SanctionTerms Terms(RoomTurn turn, in Actor actor, int? minutes) =>
        new(actor.BareJid, turn.Now, minutes > 0 ? turn.Now + TimeSpan.FromMinutes(minutes.Value) : null);

    /// <summary>The reason given; null when there is none.</summary>
    public static string? Reason(XmlText text) => text.IsEmpty ? null : text.ToStringOrNull();

    /// <summary>The refusal of a rule as what the command came to.</summary>
    public static CommandOutcome Refused(Refusal refusal) => CommandOutcome.Refused(refusal.Condition, refusal.Text, refusal.Type);
}
