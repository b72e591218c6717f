namespace MucGen.Generator.Model;

/// <summary>A source file on its way to the compiler.</summary>
internal sealed record EmittedFile(string HintName, string Text);
