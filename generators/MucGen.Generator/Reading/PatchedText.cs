using System;
using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace MucGen.Generator.Reading;

/// <summary>A file's text after patches, with the way back from its places to those of the file.</summary>
internal sealed class PatchedText
{
    private readonly List<Edit> edits = [];

    private PatchedText(SourceText original)
    {
        Original = original;
        Text = original;
    }

    /// <summary>What the file has.</summary>
    public SourceText Original { get; }

    /// <summary>What is read.</summary>
    public SourceText Text { get; private set; }

    /// <summary>The text without any patch.</summary>
    public static PatchedText Of(SourceText original) => new(original);

    /// <summary>Replaces a piece that must be there as often as the patch says.</summary>
    /// <returns>How often it is there; when that is not <paramref name="times"/>, nothing was replaced.</returns>
    public int Replace(string from, string to, int times)
    {
        var text = Text.ToString();
        var found = new List<int>();
        for (var at = text.IndexOf(from, StringComparison.Ordinal); at >= 0; at = text.IndexOf(from, at + from.Length, StringComparison.Ordinal))
            found.Add(at);
        if (found.Count != times)
            return found.Count;
        var patched = new StringBuilder();
        var taken = 0;
        foreach (var at in found)
        {
            patched.Append(text, taken, at - taken);
            edits.Add(new Edit(patched.Length, from.Length, to.Length));
            patched.Append(to);
            taken = at + from.Length;
        }
        Text = SourceText.From(patched.Append(text, taken, text.Length - taken).ToString());
        return times;
    }

    /// <summary>The place in the file that a place in the patched text comes from; inside a patch the beginning of what it replaces.</summary>
    public int OriginalOf(int position)
    {
        for (var i = edits.Count - 1; i >= 0; i--)
        {
            var edit = edits[i];
            if (position >= edit.Start + edit.NewLength)
                position += edit.OldLength - edit.NewLength;
            else if (position > edit.Start)
                position = edit.Start;
        }
        return Math.Min(position, Original.Length);
    }

    /// <summary>One replacement, at its place in the text behind it.</summary>
    private readonly record struct Edit(int Start, int OldLength, int NewLength);
}
