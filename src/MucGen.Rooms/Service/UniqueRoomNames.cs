using System.Text;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Service;

/// <summary>Names for new rooms that nobody has and nobody guesses (XEP-0307). Nothing is created or reserved: chance alone keeps them unique.</summary>
[Feature("http://jabber.org/protocol/muc#unique")]
public static class UniqueRoomNames
{
    private const int Length = 32;

    /// <summary>Gives one, to those who may create rooms (section 2).</summary>
    [OnIq(IqType.Get)]
    public static void Answer(ServiceTurn turn, UniqueRoomNameView request)
    {
        if (!turn.Policy.MayCreate(turn.From.Bare))
        {
            turn.Refuse(StanzaErrorCondition.NotAllowed);
            return;
        }

        Span<byte> id = stackalloc byte[Length];
        turn.Ids.Next(id);
        Ascii.ToLowerInPlace(id, out _); // as the localpart of an address is prepared
        var payload = turn.StartResult(out var writer);
        UniqueRoomNameWriter.Write(ref writer, new XmlText((ReadOnlySpan<byte>)id));
        turn.SendResult(payload, ref writer);
    }
}
