using System.Security.Cryptography;
using System.Text;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>The hats that a room has, in the order in which they were made, and who wears which (XEP-0317).</summary>
public sealed class RoomHats
{
    /// <summary>The most hats of a room.</summary>
    public const int Most = 100;

    /// <summary>The most hats of one person, who has them in every presence.</summary>
    public const int MostWorn = 10;

    private readonly List<Hat> hats = [];
    private readonly Dictionary<Jid, List<Hat>> worn = [];

    /// <summary>The hats of the room.</summary>
    public IReadOnlyList<Hat> All => hats;

    /// <summary>Everybody who wears a hat, in the order of their addresses.</summary>
    public IEnumerable<Jid> Wearers => worn.Keys.OrderBy(jid => jid.ToString(), StringComparer.Ordinal);

    /// <summary>The hat with this URI; null when there is none.</summary>
    public Hat? Find(string uri) => hats.Find(hat => hat.Uri == uri);

    /// <summary>The hats of a person, in the order in which they were given.</summary>
    public IReadOnlyList<Hat> Of(Jid bareJid) => worn.TryGetValue(bareJid, out var own) ? own : [];

    /// <summary>Who wears this hat.</summary>
    public IEnumerable<Jid> WearersOf(string uri) => Wearers.Where(jid => worn[jid].Exists(hat => hat.Uri == uri));

    /// <summary>A text that is another one whenever the list of hats is (section 2), in hexadecimal.</summary>
    public string Hash()
    {
        var list = string.Join('\n', hats.Select(hat => $"{hat.Uri}\0{hat.Title}\0{hat.Hue}\0{hat.Language}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)));
    }

    /// <summary>Adds a hat, or replaces the one with its URI, on every head too.</summary>
    internal void Put(Hat hat)
    {
        if (!Replace(hats, hat))
            hats.Add(hat);
        foreach (var own in worn.Values)
            Replace(own, hat);
    }

    /// <summary>Removes a hat from the list and from every head.</summary>
    internal void Remove(string uri)
    {
        hats.RemoveAll(hat => hat.Uri == uri);
        foreach (var jid in WearersOf(uri).ToArray())
            Take(jid, uri);
    }

    internal void Give(Jid bareJid, string uri)
    {
        if (Find(uri) is not { } hat)
            return;
        if (!worn.TryGetValue(bareJid, out var own))
            worn.Add(bareJid, own = []);
        if (!Replace(own, hat))
            own.Add(hat);
    }

    internal void Take(Jid bareJid, string uri)
    {
        if (worn.TryGetValue(bareJid, out var own) && own.RemoveAll(hat => hat.Uri == uri) > 0 && own.Count == 0)
            worn.Remove(bareJid);
    }

    internal void Clear()
    {
        hats.Clear();
        worn.Clear();
    }

    private static bool Replace(List<Hat> list, Hat hat)
    {
        var index = list.FindIndex(other => other.Uri == hat.Uri);
        if (index >= 0)
            list[index] = hat;
        return index >= 0;
    }
}
