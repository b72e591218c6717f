using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>A person under one nick: a bare JID, a role and one or more sessions (XEP-0045 7.2.8, decision A33).</summary>
public sealed class Occupant
{
    private readonly List<OccupantSession> sessions = new(1);
    private Payload? withAddress;
    private Payload? withoutAddress;

    internal Occupant(Jid room, string nick, Jid bareJid, MucRole role, ReadOnlySpan<byte> secret)
    {
        Nick = nick;
        OccupantJid = room.WithResource(nick);
        BareJid = bareJid;
        Role = role;
        OccupantId = IdOf(room, bareJid, secret);
    }

    /// <summary>The prepared nick.</summary>
    public string Nick { get; }

    /// <summary>The room's address with the nick: what others know this occupant by.</summary>
    public Jid OccupantJid { get; }

    /// <summary>The person's real bare JID.</summary>
    public Jid BareJid { get; }

    /// <summary>The role, which belongs to the nick and so to all its sessions (XEP-0045 5.1).</summary>
    public MucRole Role { get; internal set; }

    /// <summary>Since when the occupant waits to be given voice by time; null when it does not.</summary>
    public DateTimeOffset? WaitsSince { get; internal set; }

    /// <summary>The sessions, in the order in which they entered; never empty while the occupant is in the room.</summary>
    public IReadOnlyList<OccupantSession> Sessions => sessions;

    /// <summary>
    /// An identifier that stays the same for this person in this room and tells nothing about them (XEP-0421 4.1): a keyed hash.
    /// </summary>
    public string OccupantId { get; }

    /// <summary>The session whose presence stands for the occupant: the highest priority, the latest among equals (decision A33).</summary>
    public OccupantSession Shown
    {
        get
        {
            var shown = sessions[0];
            foreach (var session in sessions)
            {
                if (session.Priority > shown.Priority || (session.Priority == shown.Priority && session.Changed > shown.Changed))
                    shown = session;
            }
            return shown;
        }
    }

    /// <summary>The current presence without any status, as newcomers get it; composed once for as long as it holds.</summary>
    internal Payload? CachedPresence(bool address) => address ? withAddress : withoutAddress;

    /// <summary>Keeps a composed presence; takes over the lease.</summary>
    internal void Cache(Payload payload, bool address)
    {
        if (address)
            withAddress = payload;
        else
            withoutAddress = payload;
    }

    /// <summary>Drops composed presence, since something in it changed.</summary>
    internal void ForgetPresence()
    {
        withAddress?.Dispose();
        withoutAddress?.Dispose();
        withAddress = withoutAddress = null;
    }

    internal void Add(OccupantSession session)
    {
        sessions.Add(session);
        ForgetPresence();
    }

    internal void Remove(OccupantSession session)
    {
        sessions.Remove(session);
        ForgetPresence();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{OccupantJid} ({BareJid})";

    private static string IdOf(Jid room, Jid bareJid, ReadOnlySpan<byte> secret)
    {
        var named = Encoding.UTF8.GetBytes($"{room}\0{bareJid}");
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, named, hash);
        return Base64Url.EncodeToString(hash);
    }
}
