using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Xml;

namespace MucGen.Simulation.Checking;

/// <summary>Who was allowed to know addresses in a room, and what goes on there, at some moment since the last time that all was quiet.</summary>
internal sealed class RoomPrivacy
{
    private readonly HashSet<Jid> trusted = [];
    private readonly HashSet<string> contacts = new(StringComparer.Ordinal);
    private readonly HashSet<Jid> members = [];

    /// <summary>Whether somebody may have known everybody's address: occupants and members of a non-anonymous room (9.5, 10.5), moderators, admins.</summary>
    public bool Trusts(Jid bareJid) => trusted.Contains(bareJid);

    /// <summary>Whether this is somebody whom the room names as a contact to everybody: an owner, where addresses are no secret (16.5.4).</summary>
    public bool IsContact(string bareJid) => contacts.Contains(bareJid);

    /// <summary>Whether somebody may hear of what goes on while they are not there (XEP-0437): members or more.</summary>
    public bool Belongs(Jid bareJid) => members.Contains(bareJid);

    /// <summary>Notes how it is now.</summary>
    public void Note(Room room)
    {
        foreach (var session in room.Occupants.Sessions)
            if (room.Config.IsNonAnonymous || session.Occupant.Role == MucRole.Moderator)
                trusted.Add(session.FullJid.Bare);
        foreach (var entry in room.Affiliations.All)
        {
            if (entry.Affiliation >= (room.Config.IsNonAnonymous ? MucAffiliation.Member : MucAffiliation.Admin))
                trusted.Add(entry.BareJid);
            if (entry.Affiliation >= MucAffiliation.Member)
                members.Add(entry.BareJid);
            if (entry.Affiliation == MucAffiliation.Owner && room.Config.IsNonAnonymous)
                contacts.Add(entry.BareJid.ToString());
        }
    }

    /// <summary>What was so counts no more.</summary>
    public void Clear()
    {
        trusted.Clear();
        contacts.Clear();
        members.Clear();
    }
}
