using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MucGen.Corpus;

/// <summary>A definition as the compiler hands it to the generator.</summary>
internal sealed class DefinitionText(string path, string text) : AdditionalText
{
    private readonly SourceText source = SourceText.From(text);

    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => source;
}
