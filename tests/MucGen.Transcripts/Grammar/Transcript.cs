namespace MucGen.Transcripts.Grammar;

/// <summary>A script in Scansion's grammar: characters, and what they do and see, in order.</summary>
/// <param name="File">The file it came from, as messages name it.</param>
/// <param name="Title">The title line, without its mark.</param>
/// <param name="Cast">The characters, in the order of their sections.</param>
/// <param name="Steps">The actions, in order.</param>
/// <param name="Proves">Requirement ids cited by <c># proves:</c> comments, each once, in order.</param>
/// <param name="IsComplete">
/// Whether the script lists every stanza that each client receives (the comment <c># dialogue: complete</c>).
/// Then an unlisted stanza fails the script; otherwise stanzas that do not match are passed over, as Scansion does.
/// </param>
/// <param name="Settings">What the server must be set to, by key: the comments <c># settings: KEY=VALUE ...</c>. Empty for a server as it comes.</param>
public sealed record Transcript(
    string File,
    string Title,
    IReadOnlyList<Character> Cast,
    IReadOnlyList<Step> Steps,
    IReadOnlyList<string> Proves,
    bool IsComplete,
    IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>The character of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such character.</exception>
    public Character CharacterNamed(string name) =>
        Cast.FirstOrDefault(c => c.Name == name) ?? throw new KeyNotFoundException($"no character is called {name}");
}

/// <summary>One <c>[Client] Name</c> section with its properties.</summary>
public sealed record Character(string Name, int Line, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>The address as written: bare, or with the resource to ask for.</summary>
    public string Jid => Properties["jid"];

    /// <summary>The address without a resource.</summary>
    public string BareJid => Jid.Split('/', 2)[0];

    /// <summary>The resource to ask for, or null to let the server choose.</summary>
    public string? Resource => Jid.Split('/', 2) is [_, var resource] ? resource : Properties.GetValueOrDefault("resource");

    /// <summary>The account's password.</summary>
    public string Password => Properties.GetValueOrDefault("password", "");
}

/// <summary>One action of one character.</summary>
public abstract record Step(string Character, int Line);

/// <summary>The character logs in and binds a resource; it sends no presence of its own.</summary>
public sealed record ConnectStep(string Character, int Line) : Step(Character, Line);

/// <summary>The character closes its stream.</summary>
public sealed record DisconnectStep(string Character, int Line) : Step(Character, Line);

/// <summary>The character sends a stanza, whose variables are filled in when the step runs.</summary>
public sealed record SendStep(string Character, int Line, string Xml) : Step(Character, Line);

/// <summary>The character receives a stanza that matches.</summary>
public sealed record ReceiveStep(string Character, int Line, string Xml) : Step(Character, Line);

/// <summary>Nothing is waiting for the character, and nothing is on its way.</summary>
public sealed record ReceiveNothingStep(string Character, int Line) : Step(Character, Line);
