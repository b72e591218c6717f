using MucGen.Generator.Tests.Snapshots;
using Xunit;

namespace MucGen.Generator.Tests.Schemas;

/// <summary>The emitted code, one feature of the definition language a case; first the shapes that were written by hand as the target.</summary>
public sealed class SchemaSnapshotTests
{
    private static readonly Lazy<SchemaRun> Repository = new(() => SchemaDriver.Run(SchemaDriver.Repository()));

    [Theory]
    [InlineData("Xep0045.MucUserItem")]
    [InlineData("Xep0030.DiscoInfoQuery")]
    [InlineData("Xep0045.MucAffiliation")]
    [InlineData("Xep0203.Delay")]
    [InlineData("Rfc6121.Message")]
    [InlineData("Xep0045.MucRegisterForm")]
    public Task Repository_file(string name)
    {
        Assert.Empty(Repository.Value.Diagnostics);
        return Snapshot.Verify(Repository.Value[name + ".g.cs"], "cs", name);
    }

    [Fact]
    public Task Repository_names() => Snapshot.Verify(string.Join('\n', Repository.Value.Files.Keys.Order(StringComparer.Ordinal)));

    [Fact]
    public Task Attributes_of_every_type() => Emit(
        """
          <xs:element name="all">
            <xs:complexType>
              <xs:attribute name="text" type="xs:string" mg:max="20"/>
              <xs:attribute name="name" type="short"/>
              <xs:attribute name="number" type="xs:unsignedByte" use="required"/>
              <xs:attribute name="large" type="xs:unsignedInt"/>
              <xs:attribute name="is" type="xs:boolean" default="false"/>
              <xs:attribute name="when" type="xs:dateTime"/>
              <xs:attribute name="who" type="xs:string" mg:type="jid-full" mg:error="not-acceptable"/>
              <xs:attribute name="data" type="xs:base64Binary"/>
              <xs:attribute name="hash" type="xs:hexBinary"/>
              <xs:attribute name="version" type="xs:string" fixed="1"/>
              <xs:attribute ref="xml:lang"/>
            </xs:complexType>
          </xs:element>
          <xs:simpleType name="short"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="8"/></xs:restriction></xs:simpleType>
        """, "Xep9999.ProbeAll");

    [Fact]
    public Task Choice_read_as_an_enumeration() => Emit(
        """
          <xs:element name="failure">
            <xs:complexType>
              <xs:sequence>
                <xs:choice mg:enum="ProbeCondition">
                  <xs:element name="not-now"/>
                  <xs:element name="gone" type="xs:string"/>
                </xs:choice>
                <xs:element ref="text" minOccurs="0"/>
              </xs:sequence>
            </xs:complexType>
          </xs:element>
          <xs:element name="text" mg:lang="true">
            <xs:complexType><xs:simpleContent><xs:extension base="xs:string"><xs:attribute ref="xml:lang"/></xs:extension></xs:simpleContent></xs:complexType>
          </xs:element>
        """, "Xep9999.ProbeFailure");

    [Fact]
    public Task Exclusive_choice_and_cardinalities() => Emit(
        """
          <xs:element name="order">
            <xs:complexType>
              <xs:sequence>
                <xs:choice><xs:element name="one" type="xs:int"/><xs:element name="two"/></xs:choice>
                <xs:element name="line" type="xs:string" minOccurs="2" maxOccurs="3"/>
                <xs:element ref="part" maxOccurs="unbounded"/>
                <xs:any namespace="##other" minOccurs="0"/>
              </xs:sequence>
            </xs:complexType>
          </xs:element>
          <xs:element name="part"><xs:complexType><xs:attribute name="id" type="xs:string"/></xs:complexType></xs:element>
        """, "Xep9999.ProbeOrder");

    [Fact]
    public Task Older_namespace_is_answered_in_kind()
    {
        var run = SchemaDriver.Run(Sample.Schema("""  <xs:element name="ask"><xs:complexType><xs:attribute name="id" type="xs:string"/></xs:complexType></xs:element>""", "mg:ns=\"urn:example:probe:old\""));
        return Snapshot.Verify(run["Xep9999.ProbeAsk.g.cs"] + "\n" + run["ProtocolNames.g.cs"] + "\n" + run["ProtocolCatalogue.g.cs"], "cs");
    }

    [Fact]
    public void Hint_names_are_unique_and_emitted_code_has_no_warnings()
    {
        // One duplicate would disable the generator as a whole; it would have failed in the driver.
        Assert.NotEmpty(Repository.Value.Files);
        Assert.Empty(Repository.Value.Output.GetDiagnostics().Where(d => d.Severity != Microsoft.CodeAnalysis.DiagnosticSeverity.Hidden && !IsDuplicate(d)));
    }

    private static Task Emit(string declarations, string name, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        var run = SchemaDriver.Run(Sample.Schema(declarations));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Output.GetDiagnostics().Where(d => d.Severity != Microsoft.CodeAnalysis.DiagnosticSeverity.Hidden));
        return Snapshot.Verify(run[name + ".g.cs"], "cs", method: method);
    }

    // Forms read the data forms of MucGen.Protocol, whose types the repository's schemas emit here once more.
    private static bool IsDuplicate(Microsoft.CodeAnalysis.Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath.Contains("Form.g.cs", StringComparison.Ordinal) == true;
}
