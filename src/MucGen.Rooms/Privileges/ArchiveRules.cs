using MucGen.Protocol;

namespace MucGen.Rooms.Privileges;

/// <summary>Who may read a room's archive (XEP-0313 6.1.2, 8.1): whoever is in the room or might enter now, judged anew for every query.</summary>
public static class ArchiveRules
{
    /// <summary>Reading at all.</summary>
    /// <param name="affiliation">The affiliation of the one who asks.</param>
    /// <param name="isPresent">Whether that person is in the room.</param>
    /// <param name="isMembersOnly">Whether only members may enter.</param>
    /// <param name="isPasswordProtected">Whether others need the password, which a query does not give.</param>
    public static Refusal? CheckReading(MucAffiliation affiliation, bool isPresent, bool isMembersOnly, bool isPasswordProtected)
    {
        if (isPresent)
            return null;
        if (EntryRules.Check(affiliation, isMembersOnly) is not null)
            return NoEntry;
        return isPasswordProtected && affiliation < MucAffiliation.Member ? NoEntry : null;
    }

    /// <summary>Asking for the messages of a real address: only for those who may know it (4.1.1).</summary>
    public static readonly Refusal HiddenSender = Refusal.Forbidden("You may not know who has this address here.");

    private static readonly Refusal NoEntry = Refusal.Forbidden("The archive is for those who may enter the room.");
}
