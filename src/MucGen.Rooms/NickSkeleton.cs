using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace MucGen.Rooms;

/// <summary>
/// What a nick looks like: nicks with an equal part are alike, and cannot both be reserved (XEP-0045 14.6, 17.1). Each part is a skeleton in the
/// sense of UTS #39 (4), with compatibility characters, spaces and case folded besides.
/// </summary>
/// <param name="Folded">Case folded first: tells <c>ROMEO</c> and <c>Romeo</c> in any script to be alike.</param>
/// <param name="Shown">Look-alikes replaced first: tells capitals of another script from none but those they look like.</param>
public readonly record struct NickSkeleton(string Folded, string Shown)
{
    private const string TableName = "MucGen.Rooms.Confusables.txt";

    // Beside the table: as case is folded, i goes with I, which looks like l and 1.
    private static readonly FrozenDictionary<Rune, string> LooksLike =
        ReadTable().Append(new(new Rune('i'), "l")).ToFrozenDictionary();

    /// <summary>The skeleton of a prepared nick.</summary>
    public static NickSkeleton Of(string nick)
    {
        ArgumentNullException.ThrowIfNull(nick);
        var plain = nick.Normalize(NormalizationForm.FormKD);
        return new NickSkeleton(Replace(Fold(plain)), Replace(Fold(Replace(plain))));
    }

    /// <summary>Whether the two nicks look alike.</summary>
    public static bool AreAlike(string nick, string other) => nick == other || Of(nick).IsLike(Of(other));

    /// <summary>Whether nicks with these skeletons look alike.</summary>
    public bool IsLike(NickSkeleton other) => Folded == other.Folded || Shown == other.Shown;

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune))
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
        }
        return folded.ToString();
    }

    private static string Replace(string text)
    {
        var replaced = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            replaced.Append(LooksLike.TryGetValue(rune, out var target) ? target : rune.ToString());
        return replaced.ToString();
    }

    private static IEnumerable<KeyValuePair<Rune, string>> ReadTable()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(TableName)
            ?? throw new InvalidOperationException($"{TableName} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var runes = line.Split(' ').Select(static hex => new Rune(int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture))).ToArray();
            yield return new(runes[0], string.Concat(runes.Skip(1)));
        }
    }
}
