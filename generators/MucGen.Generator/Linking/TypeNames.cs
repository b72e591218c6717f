using System.Collections.Generic;
using System.Globalization;

namespace MucGen.Generator.Linking;

/// <summary>
/// C# names of element types that are not the first choice, because another element has that. Linking finds out which those are; then it starts again and asks here.
/// </summary>
internal sealed class TypeNames
{
    private readonly Dictionary<(string Path, int Node), string> chosen = [];
    private readonly HashSet<string> taken = [];

    /// <summary>A name was chosen since <see cref="Settle"/>.</summary>
    public bool HasChanged { get; private set; }

    public void Settle() => HasChanged = false;

    /// <summary>The name of an element's type: the one chosen for its declaration, or else the first choice.</summary>
    public string Of(string path, int node, string first) => chosen.TryGetValue((path, node), out var name) ? name : first;

    /// <summary>Chooses a name for a declaration whose own is another's: with that of what it is in, then with a number.</summary>
    public void Choose(string path, int node, string taken, string longer)
    {
        if (chosen.TryGetValue((path, node), out var before))
            longer = before;
        var name = longer;
        for (var number = 2; name == taken || name == before || !this.taken.Add(name); number++)
            name = longer + number.ToString(CultureInfo.InvariantCulture);
        chosen[(path, node)] = name;
        HasChanged = true;
    }
}
