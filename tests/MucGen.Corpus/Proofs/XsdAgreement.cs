using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace MucGen.Corpus.Proofs;

/// <summary>
/// A second reading of a schema, by <see cref="XmlSchemaSet"/>, where that can read it: what we write as a valid instance it must find valid. Not asked are values, for it asks of names and
/// addresses what XMPP software does not; and wildcards, which we read as any number of elements or attributes, known or not.
/// </summary>
internal sealed class XsdAgreement
{
    private static readonly string[] NotAsked =
    [
        "datatype", "value is invalid", $"'{InstanceWriter.ForeignName}'", $":{InstanceWriter.ForeignName}'", $":{InstanceWriter.ForeignAttribute}'", "any element in namespace",
    ];

    private readonly XmlSchemaSet schemas = new() { XmlResolver = null };

    private XsdAgreement()
    {
    }

    /// <summary>The reading of definitions; null when it cannot read them.</summary>
    public static XsdAgreement? Of(IEnumerable<string> definitions)
    {
        var agreement = new XsdAgreement();
        var isReadable = true;
        agreement.schemas.ValidationEventHandler += (_, e) => isReadable &= e.Severity != XmlSeverityType.Error;
        try
        {
            foreach (var definition in definitions)
            {
                using var reader = XmlReader.Create(new StringReader(definition));
                agreement.schemas.Add(null, reader);
            }
            agreement.schemas.Compile();
        }
        catch (XmlSchemaException)
        {
            return null;
        }
        return isReadable ? agreement : null;
    }

    /// <summary>Whether it has a global element of that name.</summary>
    public bool Knows(XElement instance) => schemas.GlobalElements.Contains(new XmlQualifiedName(instance.Name.LocalName, instance.Name.NamespaceName));

    /// <summary>What it has against an instance that it knows; null when nothing.</summary>
    public string? ProblemOf(XElement instance)
    {
        string? problem = null;
        new XDocument(instance).Validate(schemas, (_, e) => problem ??= NotAsked.Any(words => e.Message.Contains(words, StringComparison.Ordinal)) ? null : e.Message);
        return problem;
    }
}
