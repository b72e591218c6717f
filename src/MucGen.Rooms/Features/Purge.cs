using MucGen.Protocol;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Bans somebody and retracts all that they ever said here, as one act: one turn, one commit (XEP-0045 9.1, XEP-0425). The room is held while the archive is
/// asked what that is, so that nothing said meanwhile is missed.
/// </summary>
public sealed class Purge() : Command<RoomTurn>("urn:mucgen:purge", "Ban somebody and retract all they said")
{
    /// <inheritdoc/>
    public override bool IsFor(RoomTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return AffiliationChangeRules.CheckRight(turn.Room.AffiliationOf(turn.From)) is null;
    }

    /// <inheritdoc/>
    public override StanzaContent Form(RoomTurn turn) => static (ref writer) =>
    {
        var form = PurgeFormWriter.Start(ref writer, FormType.Form, title: "Whom to ban, and all they said to retract?");
        form.Who(required: true);
        form.Reason();
        form.End();
    };

    /// <inheritdoc/>
    public override CommandOutcome Run(RoomTurn turn, DataFormView form)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (!PurgeFormView.TryRead(form, out var fields, out var error))
            return CommandOutcome.BadPayload(error);
        if (fields.Who.IsEmpty)
            return CommandOutcome.BadPayload("A nickname or an address is needed.");
        if (FindPerson(turn.Room, fields.Who.ToString()) is not { } person)
            return CommandOutcome.Refused(StanzaErrorCondition.ItemNotFound, "Nobody here has that nickname, and it is no address.");
        if (Judge(turn, person) is { } refusal)
            return CommandOutcome.Refused(refusal.Condition, refusal.Text, refusal.Type);

        var reason = fields.Reason.IsEmpty ? null : fields.Reason.ToString();
        if (!turn.Room.Config.IsLogged)
            return Carry(turn, person, reason, InHistory(turn.Room, person));
        turn.Ask(
            new ArchiveQuery { Sender = person, LeavesOutRetracted = true, FromEnd = true, Max = turn.Policy.MaxPurgeNotices },
            (later, page) => Answer(later, person, reason, page),
            holdsRoom: true);
        return CommandOutcome.InALaterTurn;
    }

    private static void Answer(RoomTurn turn, Jid person, string? reason, ArchivePage page)
    {
        CommandView.TryRead(turn.Root.FirstChild, out var request, out _);
        var archived = page.Messages.Select(message => message.Id).ToList();
        RoomCommands.All.Answer(turn, request, Carry(turn, person, reason, [.. InHistory(turn.Room, person).Except(archived).Concat(archived).TakeLast(turn.Policy.MaxPurgeNotices)]));
    }

    // The newest messages are retracted one by one, which is how clients understand it. What is older than that many is taken from archive and history all the
    // same, but a flood of notices would be worse than the flood it answers.
    private static CommandOutcome Carry(RoomTurn turn, Jid person, string? reason, IReadOnlyList<string> ids)
    {
        var actor = Actor.Of(turn);
        var known = turn.Room.Affiliations.Find(person);
        var ban = new AffiliationChange(known?.Affiliation ?? MucAffiliation.None, new Affiliated(person, MucAffiliation.Outcast, Reason: reason));
        AffiliationChanges.Apply(turn, ban, actor);
        foreach (var id in ids)
            Retractions.ByModerator(turn, id, actor.Occupant, reason);
        turn.Record(new SenderRetracted(person, Retractions.Moderated(turn, turn.FreshId(), actor.Occupant, reason)));
        return CommandOutcome.Done("It is done.");
    }

    // 9.1: the rules of any ban.
    private static Refusal? Judge(RoomTurn turn, Jid person)
    {
        var room = turn.Room;
        var actor = Actor.Of(turn);
        var from = room.Affiliations.Find(person)?.Affiliation ?? MucAffiliation.None;
        var isSelf = person.Equals(actor.BareJid);
        return AffiliationChangeRules.Check(actor.Affiliation, isSelf, from, MucAffiliation.Outcast, room.Affiliations.Count(MucAffiliation.Owner))
            ?? (room.Policy.Admins.Contains(person) ? ServiceAdmin : null);
    }

    // A nick of somebody present, or the address of anybody.
    private static Jid? FindPerson(Room room, string who)
    {
        if (Jid.TryPrepareResource(who, out var nick, out _) && room.Occupants.Find(nick) is { } occupant)
            return occupant.BareJid;
        return Jid.TryParse(who, out var jid, out _) && jid.Local is not null ? jid.Bare : null;
    }

    private static List<string> InHistory(Room room, Jid person)
    {
        var ids = new List<string>();
        for (var i = 0; i < room.History.Count; i++)
        {
            if (person.Equals(room.History[i].Sender) && !room.History[i].IsRetracted)
                ids.Add(new XmlText(RelayedStanza.IdOf(room.History[i].Live.Bytes)).ToString());
        }

        return ids;
    }

    private static readonly Refusal ServiceAdmin = Refusal.NotAllowed("An admin of the service cannot be banned.");
}
