using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Elements that only the room may say in its own name. They are taken out of whatever clients send to others, so that a recipient can
/// believe them; everything else passes byte for byte (XEP-0045 17.2, 17.3).
/// </summary>
internal static class ForgedElements
{
    public static bool Contains(Room room, in ElementView child)
    {
        switch (child.Key)
        {
            case MucUserView.Key: // XEP-0045 17.3, decision A45
            case MucJoinView.Key: // holds a password
            case OccupantIdView.Key: // XEP-0421 4
            case ModeratedView.Key: // XEP-0425 5: only the room says what a moderator did
            case OldModeratedView.Key:
            case HatsView.Key: // XEP-0317: only the room gives hats
            case RetractedView.Key: // XEP-0424 4: only the archive has tombstones
                return true;
            case RetractView.Key:
                return child.HasChild(ModeratedView.Key);
            case ApplyToView.Key:
                return child.HasChild(OldModeratedView.Key);
            case StanzaIdView.Key: // XEP-0359 3: only those in the room's name; others are theirs who gave them
                return IsRoom(room, child.Attribute("by"u8));
            case DelayView.Key: // XEP-0203 5, XEP-0045 14.7, decision A17
                return IsRoom(room, child.Attribute("from"u8));
            case ElementKey.None:
                return IsForgedUnknown(room, child);
            default:
                return false;
        }
    }

    // Without a schema of their own: the old form of delays (XEP-0091), and the ids of archives before XEP-0313 had stanza-id for them.
    private static bool IsForgedUnknown(Room room, in ElementView child)
    {
        var ns = child.Namespace;
        return (ns.SequenceEqual("jabber:x:delay"u8) && IsRoom(room, child.Attribute("from"u8)))
            || (child.LocalName.SequenceEqual("archived"u8) && ns.StartsWith("urn:xmpp:mam:"u8) && IsRoom(room, child.Attribute("by"u8)));
    }

    // The room, or an occupant of it, however the address is spelt.
    private static bool IsRoom(Room room, in XmlText address)
    {
        if (!address.IsPresent)
            return false;
        if (address.Equals(room.Address.Utf8))
            return true;
        return Jid.TryParse(address, out var jid, out _) && jid.Bare.Equals(room.Address);
    }
}
