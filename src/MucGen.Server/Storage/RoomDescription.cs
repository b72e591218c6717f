using MucGen.Rooms;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Server.Storage;

/// <summary>What lists say of a room, followed through its events, so that a list after a restart need not load any room.</summary>
internal sealed class RoomDescription
{
    private RoomConfig config = new();
    private bool isLocked;
    private bool exists = true;

    /// <summary>The natural-language name; null when there is none.</summary>
    public string? Name => config.Name.Length == 0 ? null : config.Name;

    /// <summary>Whether service discovery may show the room: a locked one is not there officially (XEP-0045 10.1.1, decision A25), nor is one that was destroyed.</summary>
    public bool IsListed => exists && !isLocked && config.IsPublic;

    /// <summary>When what is left of a destroyed room ends; null for a room that is there.</summary>
    public DateTimeOffset? TombstoneEnds { get; private set; }

    /// <summary>Whether it outlives its last occupant.</summary>
    public bool IsPersistent => config.IsPersistent;

    /// <summary>How the directory shows it while it is not in memory.</summary>
    public MucGen.Rooms.Service.RoomListing Listing(Jid room) => MucGen.Rooms.Service.RoomListing.Of(room, config);

    /// <summary>The room was loaded from here.</summary>
    public void Apply(RoomSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        exists = snapshot.Tombstone is null;
        TombstoneEnds = snapshot.Tombstone?.Until;
        isLocked = snapshot.IsLocked;
        config = RoomConfig.Load(snapshot.Config);
    }

    /// <summary>Follows one event; true when it may have changed what lists say.</summary>
    public bool Apply(RoomEvent change)
    {
        switch (change)
        {
            case RoomCreated created:
                exists = isLocked = true;
                TombstoneEnds = null;
                config = RoomConfig.Load(created.Config);
                return true;
            case ConfigChanged changed:
                config = RoomConfig.Load(changed.Config);
                return true;
            case RoomUnlocked:
                isLocked = false;
                return true;
            case RoomDestroyed destroyed:
                exists = false;
                config = new RoomConfig();
                TombstoneEnds = destroyed.Tombstone?.Until;
                return true;
            default:
                return false;
        }
    }
}
