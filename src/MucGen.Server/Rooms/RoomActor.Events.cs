using Microsoft.Extensions.Logging;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Journal;
using MucGen.Xml;
using Listing = MucGen.Rooms.Service.RoomListing;

namespace MucGen.Server.Rooms;

/// <content>What follows from the events of a turn: the journal has them, and sessions, the directory and whoever watches rooms hear of them.</content>
internal sealed partial class RoomActor
{
    /// <summary>Gives the turn's events to the journal; those that it did not take stay with the turn. True when what lists show of the room may have changed.</summary>
    private bool KeepEvents()
    {
        var events = turn.Events;
        var mayChangeListing = false;
        var kept = 0;
        try
        {
            for (; kept < events.Count; kept++)
            {
                mayChangeListing |= events[kept] is not MessageRelayed;
                Keep(events[kept]);
            }
        }
        finally
        {
            events.RemoveRange(0, kept);
        }
        return mayChangeListing;
    }

    /// <summary>Rights that no list of the room gives are the operator's business.</summary>
    private void LogAdmin(Jid admin)
    {
        if (room.Affiliations.Of(admin) < MucAffiliation.Owner && services.Log.IsEnabled(LogLevel.Information))
            services.Log.AdminActed(admin, address, string.Join(", ", turn.Events.Where(change => change.IsDurable).Select(change => change.GetType().Name)));
    }

    private void Keep(RoomEvent change)
    {
        services.Journal.Append(address, change);
        isStored = true;
        eventsSinceSnapshot++;
        switch (change)
        {
            case SessionJoined joined:
                Join(joined.FullJid);
                break;
            case SessionLeft left when services.Sessions.TryFind(left.FullJid, out var session):
                parted.Add(session);
                services.Activity.Left(room, left.FullJid);
                break;
            case AffiliationChanged changed:
                services.Activity.Affiliated(room, changed.BareJid);
                break;
            case MessageRelayed message when (message.Keeping & MessageKeeping.Activity) != MessageKeeping.None:
                services.Activity.Spoke(room);
                break;
            case RoomDestroyed:
                ForgetAll();
                services.Activity.Ended(address);
                break;
            case OccupantsCleared:
                ForgetAll();
                break;
        }
        change.Release();
    }

    /// <summary>
    /// Tells the session that it is in this room. Should it have ended while its presence waited here, the session layer has asked the
    /// rooms already and this one was not among them, so the room learns of it now: first entered, then looked up, none can be missed.
    /// </summary>
    private void Join(Jid fullJid)
    {
        if (services.Sessions.TryFind(fullJid, out var session))
        {
            session.Rooms.Add(address);
            if (services.Sessions.TryFind(fullJid, out var still) && still == session)
                return;
        }
        _ = PostOwnAsync(RoomInput.SessionGone(fullJid));
    }

    /// <summary>Nobody is in the room any more; all who were have just been told.</summary>
    private void ForgetAll()
    {
        foreach (var delivery in turn.Deliveries)
            if (services.Sessions.TryFind(delivery.To, out var session))
                parted.Add(session);
    }

    private void UpdateListing()
    {
        var listing = Listing.Of(room);
        if (listing == listed && isListingKnown)
            return;
        if (listing is not null)
            services.Directory.List(listing);
        else
            services.Directory.Unlist(address);
        listed = listing;
        isListingKnown = true;
    }
}
