using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Judges a submitted configuration against the room and the service, as a whole (XEP-0045 10.1.3, 10.2; decision A26).</summary>
internal sealed class ConfigurationPlan(Room room, Actor actor)
{
    /// <summary>The configuration as it would be: fields that were left out keep their value.</summary>
    public RoomConfig Config { get; private set; } = room.Config;

    /// <summary>The lists as they would be.</summary>
    public AffiliationDraft Lists { get; } = new(room.Affiliations);

    /// <summary>Reads a submission; nothing is changed when it is refused.</summary>
    public Refusal? Read(DataFormView form)
    {
        if (!room.Config.TryApply(form, out var config, out var error))
            return new Refusal(error.Condition, StanzaErrorType.Modify, error.ToString());
        if (!MucRoomConfigFormView.TryRead(form, out var submitted, out error))
            return new Refusal(error.Condition, StanzaErrorType.Modify, error.ToString());

        Config = config;
        return CheckPassword() ?? CheckPlaces() ?? CheckNumbers() ?? DraftLists(submitted);
    }

    private Refusal? CheckPassword() => Config.IsPasswordProtected && Config.Password.Length == 0 ? NoPassword : null;

    private Refusal? CheckPlaces() => Config.MaxUsers is { } most && (most < 1 || most > room.Policy.MaxOccupants) ? BadPlaces : null;

    private Refusal? CheckNumbers()
    {
        if (Config.MaxHistoryFetch < 0)
            return Negative(MucRoomConfigFormFields.MaxHistoryFetch);
        if (Config.DefaultHistory < 0)
            return Negative(MucRoomConfigFormFields.DefaultHistory);
        return Config.VoiceRequestInterval < 0 ? Negative(MucRoomConfigFormFields.VoiceRequestInterval) : null;
    }

    // 10.5, 10.8: unlike the requests of muc#admin, these are the full lists; but only if the form has them.
    private Refusal? DraftLists(MucRoomConfigFormView submitted)
    {
        var owners = submitted.RoomOwners.IsPresent ? Bare(submitted.RoomOwners) : null;
        var admins = submitted.RoomAdmins.IsPresent ? Bare(submitted.RoomAdmins) : null;
        if (owners is { Count: 0 })
            return AffiliationChangeRules.LastOwner;
        if ((owners ?? []).Concat(admins ?? []).Any(jid => jid.Local is null))
            return NotForDomains;

        admins?.RemoveWhere(jid => owners?.Contains(jid) ?? Lists.Listed(jid) == MucAffiliation.Owner);
        foreach (var owner in owners ?? [])
            Set(owner, MucAffiliation.Owner);
        foreach (var admin in admins ?? [])
            Set(admin, MucAffiliation.Admin);
        foreach (var entry in room.Affiliations.All)
        {
            var isDropped = (entry.Affiliation == MucAffiliation.Owner && owners is not null && !owners.Contains(entry.BareJid))
                || (entry.Affiliation == MucAffiliation.Admin && admins is not null && !admins.Contains(entry.BareJid));
            if (isDropped && Lists.Listed(entry.BareJid) == entry.Affiliation)
                Set(entry.BareJid, MucAffiliation.None);
        }

        return CheckRevocations();
    }

    private Refusal? CheckRevocations()
    {
        foreach (var change in Lists.Changes)
        {
            var isSelf = change.Entry.BareJid.Equals(actor.BareJid);
            if (AffiliationChangeRules.CheckRevocation(actor.MayRevokeOwners(room.Policy), isSelf, change.From, change.Entry.Affiliation) is { } kept)
                return kept;
        }

        return null;
    }

    // The nick that a person reserved stays theirs as long as they are on a list at all.
    private void Set(Jid jid, MucAffiliation affiliation)
    {
        if (Lists.Listed(jid) != affiliation)
            Lists.Set(new Affiliated(jid, affiliation, affiliation == MucAffiliation.None ? null : Lists.Find(jid)?.Nick));
    }

    private static HashSet<Jid> Bare(JidTextList jids)
    {
        var bare = new HashSet<Jid>();
        foreach (var jid in jids)
            bare.Add(jid.ToJid()!.Bare);
        return bare;
    }

    private static Refusal Negative(string variable) =>
        Refusal.NotAcceptable($"The field '{variable}' cannot be less than 0.", StanzaErrorType.Modify);

    private static readonly Refusal NoPassword = Refusal.NotAcceptable("A protected room needs a password.", StanzaErrorType.Modify);
    private static readonly Refusal BadPlaces = Refusal.NotAcceptable("The service does not allow that many occupants.", StanzaErrorType.Modify);
    private static readonly Refusal NotForDomains =
        Refusal.NotAcceptable("A whole domain cannot own or administer a room.", StanzaErrorType.Modify);
}
