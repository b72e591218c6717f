using MucGen.Generator.Tests.Schemas;

namespace MucGen.Generator.Tests.Guides;

/// <summary>What stands under one heading of the examples: definitions, in some the members that are emitted for them, and what is read and written.</summary>
internal sealed class GuideExample
{
    /// <summary>The heading under which each heading is an example.</summary>
    public const string Section = "By example";

    private readonly List<Definition> definitions = [];
    private readonly List<(GuideBlock Wire, GuideBlock Code)> uses = [];

    private GuideExample(string name) => Name = name;

    public string Name { get; }

    /// <summary>The files that the definitions are.</summary>
    public IReadOnlyList<Definition> Definitions => definitions;

    /// <summary>Whether a schema is among them, or nothing but forms.</summary>
    public bool HasSchema => definitions.Exists(definition => definition.Path.EndsWith(".xsd", StringComparison.Ordinal));

    /// <summary>The declarations that are emitted, with an ellipsis for what is left out; empty where the example shows none.</summary>
    public string Shape { get; private set; } = "";

    /// <summary>What is on the wire, and the code that reads or writes it.</summary>
    public IReadOnlyList<(GuideBlock Wire, GuideBlock Code)> Uses => uses;

    /// <summary>All examples of the page. A block that is none of what an example has is an error, so that none is passed over.</summary>
    public static IReadOnlyList<GuideExample> All { get; } = [.. GuidePage.Blocks.Where(block => block.Heading.StartsWith(Section, StringComparison.Ordinal)).GroupBy(block => block.Heading, Read)];

    private static GuideExample Read(string heading, IEnumerable<GuideBlock> blocks)
    {
        var example = new GuideExample(heading[(Section.Length + 1)..]);
        GuideBlock? wire = null;
        foreach (var block in blocks)
        {
            if (block.Language == "csharp" && wire is not null)
            {
                example.uses.Add((wire, block));
                wire = null;
            }
            else if (block.Language == "csharp" && example is { Shape: "", Uses: [], Definitions: not [] })
            {
                example.Shape = block.Text;
            }
            else if (block.Language == "xml" && wire is null && example is { Shape: "", Uses: [] } && DefinitionOf(block.Text) is { } definition)
            {
                example.definitions.Add(definition);
            }
            else if (block.Language == "xml" && wire is null && example.definitions.Count > 0)
            {
                wire = block;
            }
            else
            {
                throw new InvalidDataException($"Line {block.Line}: definitions come first, then what is emitted for them, then blocks of XML, each with one of C# that reads or writes it.");
            }
        }
        return wire is null && example.uses.Count > 0 ? example : throw new InvalidDataException($"'{example.Name}' ends with XML that no C# follows.");
    }

    // Declarations stand in the schema that the first example shows.
    private static Definition? DefinitionOf(string text) => text switch
    {
        _ when text.StartsWith("<xs:schema", StringComparison.Ordinal) => new("/schemas/guide/guide.xsd", text),
        _ when text.StartsWith("<xs:", StringComparison.Ordinal) => new("/schemas/guide/guide.xsd", $"{Frame}{text}</xs:schema>"),
        _ when text.StartsWith("<overlay", StringComparison.Ordinal) => new("/schemas/guide/guide.overlay.xml", text),
        _ when text.StartsWith("<form_type", StringComparison.Ordinal) => new("/schemas/guide/guide.form.xml", text),
        _ => null,
    };

    private static string Frame
    {
        get
        {
            var first = GuidePage.Blocks[0].Text;
            return first[..(first.IndexOf('>', StringComparison.Ordinal) + 1)];
        }
    }
}
